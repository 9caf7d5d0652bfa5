import type { About, SourceView } from '../../server/protocol.ts'

/** Why the feed is empty, and what the link to the accounts is called; null = there is nothing to do there. */
export interface Silence {
  icon: 'connect' | 'wait' | 'talk'
  text: string
  link: string | null
}

const TALK: Silence = { icon: 'talk', text: 'Connected. Nobody has written yet.', link: null }
const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })

export function silenceOf(views: ReadonlyMap<string, SourceView> | null, abouts: readonly About[]): Silence {
  if (views === null) return TALK
  const followed = [...views.values()].filter((view) => view.channel !== null)
  if (followed.length === 0) return unconnected(abouts)
  const states = new Set(followed.map((view) => view.state))
  if (states.has('live') || states.has('stale')) return TALK
  if (states.has('waiting')) return { icon: 'wait', text: 'Waiting for your broadcast to begin.', link: null }
  if (states.has('connecting')) return { icon: 'wait', text: 'Connecting…', link: null }
  return { icon: 'wait', text: 'No account is connected right now.', link: 'Go to Accounts' }
}

function unconnected(abouts: readonly About[]): Silence {
  const names = anyOf.format(abouts.map(({ label }) => label))
  return {
    icon: 'connect',
    text: 'No channel is followed yet. Paste a name, and its chat appears here and in your overlay.',
    link: names === '' ? 'Connect a channel' : `Connect ${names}`,
  }
}
