import type { OverlaySettings } from '../server/look.ts'
import type { Look } from '../server/protocol.ts'

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

/** How the page makes its settings of what it is told. */
export type Decide = (look: Look) => OverlaySettings

/** Takes what the server decided, where the address names no settings, as most do not. */
export async function deciderOf({ rest }: Query): Promise<{ decide: Decide; remarks: string[] }> {
  if (rest.length === 0) return { decide: ({ settings }) => settings, remarks: [] }
  const { decider, readSettings } = await import('./settings.ts')
  const { chosen, remarks } = readSettings(rest)
  return { decide: decider(chosen), remarks }
}
