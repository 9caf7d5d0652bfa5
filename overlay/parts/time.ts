/** The time of day where the page runs, 20:14 or 8:14 PM. */
export function timeOfDay(at: number, how: '24h' | '12h'): string {
  const date = new Date(at)
  const [hour, minute] = [date.getHours(), String(date.getMinutes()).padStart(2, '0')]
  if (how === '24h') return `${String(hour).padStart(2, '0')}:${minute}`
  return `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`
}
