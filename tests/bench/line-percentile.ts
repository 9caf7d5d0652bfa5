/** The value that this share of all values does not exceed; 0 when there are none. Sorts in place. */
export function percentile(values: number[] | Float64Array, share: number): number {
  values.sort((a: number, b: number) => a - b)
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0
}
