import type { About, SourceView } from '../../server/protocol.ts'
import { anyOf, t } from '../language/words.ts'

/** Why the feed is empty, and what the link to the accounts is called; null = there is nothing to do there. */
export interface Silence {
  icon: 'connect' | 'wait' | 'talk'
  text: string
  link: string | null
}

const talk = (): Silence => ({ icon: 'talk', text: t('Connected. Nobody has written yet.'), link: null })

export function silenceOf(views: ReadonlyMap<string, SourceView> | null, abouts: readonly About[]): Silence {
  if (views === null) return talk()
  const followed = [...views.values()].filter((view) => view.channel !== null)
  if (followed.length === 0) return unconnected(abouts)
  const states = new Set(followed.map((view) => view.state))
  if (states.has('live') || states.has('stale')) return talk()
  if (states.has('waiting')) return { icon: 'wait', text: t('Waiting for your broadcast to begin.'), link: null }
  if (states.has('connecting')) return { icon: 'wait', text: t('Connecting…'), link: null }
  return { icon: 'wait', text: t('No account is connected right now.'), link: t('Go to Accounts') }
}

function unconnected(abouts: readonly About[]): Silence {
  const platform = anyOf(abouts.map(({ label }) => label))
  return {
    icon: 'connect',
    text: t('No channel is followed yet. Paste a name, and its chat appears here and in your overlay.'),
    link: platform === '' ? t('Connect a channel') : t('Connect {platform}', { platform }),
  }
}
