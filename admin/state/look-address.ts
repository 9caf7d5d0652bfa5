import { type ChosenSettings, isSettingName, SETTINGS } from '../../server/look.ts'

/** The demo with these settings in its address, under the names that the overlay's page knows. Custom CSS has none. */
export function stillAddress(settings: ChosenSettings): string {
  const query = new URLSearchParams({ demo: 'static' })
  for (const [name, value] of Object.entries(settings)) {
    const parameter = isSettingName(name) ? SETTINGS[name].parameter : null
    if (parameter !== null) query.set(parameter, inAddress(value))
  }
  return `/overlay?${query}`
}

/** The same page, which then leaves the custom CSS out. */
export function withoutCss(address: string): string {
  return address.replace('#', '&safe=1#')
}

function inAddress(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join()
  if (typeof value === 'boolean') return value ? '1' : '0'
  return String(value).replace(/^#/, '')
}
