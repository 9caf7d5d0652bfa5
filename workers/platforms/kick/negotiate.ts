import { fetchJson, OutsideError } from '../../fetching.ts'
import { filled, list, shaped } from '../../foreign.ts'
import type { Ground } from '../platform.ts'
import type { Connection, Credentials, Negotiated, TokenAnswer } from './payload.ts'
import type { Provider } from './talk.ts'

/** Where Kick's chat can be read right now. */

export interface Way {
  provider: Provider
  url: string
}

/** A host of Pusher's; another one in the settings is taken as it stands. */
const PUSHER_HOST = /^ws-[a-z0-9-]+\.pusher\.com$/
const APP_KEY = /^[A-Za-z0-9]{1,64}$/
const CLUSTER = /^[a-z0-9-]{1,20}$/
const ACCEPTED = { accepted_providers: [{ provider: 'centrifugo' }, { provider: 'pusher' }] }

/** The best way first. When Kick does not say, there is the Pusher of the settings. */
export async function negotiate(
  ground: Ground,
  { channelId, clientId }: { channelId: string | undefined; clientId: string },
  signal: AbortSignal,
): Promise<Way[]> {
  const path = channelId === undefined ? '/connection' : `/channels/${channelId}/chat/connection`
  const body = { client: { id: clientId, type: 'web' }, capabilities: ACCEPTED }
  try {
    const answer = await fetchJson(`${ground.settings.kickRealtimeUrl}${path}`, { method: 'POST', body, signal })
    return waysIn(answer, ground)
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    return [pusherOf({}, ground)]
  }
}

/** A token as guests get it, for Centrifugo. Throws OutsideError. */
export async function guestToken(ground: Ground, clientId: string, signal: AbortSignal): Promise<string> {
  const url = `${ground.settings.kickRealtimeUrl}/auth/connection`
  const answer = await fetchJson(url, { method: 'POST', body: { client_id: clientId }, signal })
  const token = filled(shaped<TokenAnswer>(shaped<TokenAnswer>(answer).data).token)
  if (token === undefined) throw new OutsideError('Kick answered without a token.')
  return token
}

function waysIn(answer: unknown, ground: Ground): Way[] {
  const connections = list(shaped<Negotiated>(shaped<Negotiated>(answer).data).connections).map((each) =>
    shaped<Connection>(each),
  )
  const credentials = (provider: Provider) => {
    const found = connections.find((each) => each.provider === provider)
    return shaped<Credentials>(found?.credentials)
  }
  const url = centrifugoUrl(credentials('centrifugo'), ground)
  const pusher = pusherOf(credentials('pusher'), ground)
  return url === undefined ? [pusher] : [{ provider: 'centrifugo', url }, pusher]
}

/** Unencrypted only where the settings have it so. */
function centrifugoUrl({ url }: Credentials, { settings }: Ground): string | undefined {
  const named = filled(url)
  if (named === undefined || !URL.canParse(named)) return undefined
  const address = new URL(named)
  // A socket's address has none.
  address.hash = ''
  const plain = settings.kickRealtimeUrl?.startsWith('http:') === true
  return address.protocol === 'wss:' || (address.protocol === 'ws:' && plain) ? address.href : undefined
}

function pusherOf({ app_key, cluster }: Credentials, { settings }: Ground): Way {
  const url = new URL(settings.kickSocketUrl ?? '')
  if (typeof app_key === 'string' && APP_KEY.test(app_key)) url.pathname = `/app/${app_key}`
  if (typeof cluster === 'string' && CLUSTER.test(cluster) && PUSHER_HOST.test(url.hostname))
    url.hostname = `ws-${cluster}.pusher.com`
  return { provider: 'pusher', url: url.href }
}
