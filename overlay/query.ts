import type { ChosenSettings } from '../server/look.ts'

/** What the page's address asks for. The fragment holds the key and nothing else. */
export interface Query {
  demo: 'off' | 'live' | 'static'
  debug: boolean
  /** Without the custom CSS that is stored. */
  safe: boolean
  /** The server build that this page was reloaded for, if it was. */
  reloadedFor: string | null
  /** Everything else: settings. */
  rest: [name: string, text: string][]
}

const DEMOS = ['off', 'live', 'static'] as const
const ON = /^(|1|true|yes|on)$/i
const OWN = ['demo', 'debug', 'safe', 'build']

export function readQuery(search: string): Query {
  const given = new URLSearchParams(search)
  const on = (name: string) => ON.test(given.get(name) ?? 'no')
  return {
    demo: DEMOS.find((demo) => demo === given.get('demo')) ?? 'off',
    debug: on('debug'),
    safe: on('safe'),
    reloadedFor: given.get('build'),
    rest: [...given].filter(([name]) => !OWN.includes(name)),
  }
}

/** The settings in the address, which most addresses do without. */
export async function settingsOf({ rest }: Query): Promise<{ chosen: ChosenSettings; remarks: string[] }> {
  if (rest.length === 0) return { chosen: {}, remarks: [] }
  return (await import('./settings.ts')).readSettings(rest)
}
