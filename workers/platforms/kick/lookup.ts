import { fetchText, OutsideError } from '../../fetching.ts'
import { filled, idOf, shaped } from '../../foreign.ts'
import { cleanName, safeUrl } from '../../text.ts'
import type { Facts, Ground } from '../platform.ts'
import type { ChannelAnswer, ChannelUser } from './payload.ts'
import { AVATAR_HOSTS } from './people.ts'
import { KICK_ID, objectIn } from './talk.ts'

/**
 * A channel's name → its ids, at the address that Kick's website uses. It stands behind Cloudflare, which often shows servers a page
 * of its own.
 */
export type Found =
  | { kind: 'found'; facts: Facts }
  | { kind: 'missing' }
  | { kind: 'blocked' }
  | { kind: 'busy'; why: string }

export async function lookUp(ground: Ground, slug: string, signal: AbortSignal): Promise<Found> {
  try {
    const { status, text } = await fetchText(addressOf(ground, slug), { signal })
    if (status === 404) return { kind: 'missing' }
    if (status === 429 || status >= 500) return { kind: 'busy', why: `Kick’s look-up answered ${status}.` }
    const facts = status === 200 ? factsIn(objectIn(text)) : undefined
    return facts === undefined ? { kind: 'blocked' } : { kind: 'found', facts }
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
    return { kind: 'busy', why: error.message }
  }
}

/** What a person does when the look-up is blocked. */
export function howToPaste(ground: Ground, slug: string): string {
  return (
    `Kick does not let servers look its channels up. Open ${addressOf(ground, slug)} in your browser, ` +
    'and paste its first "id" as channel id and the "id" inside "chatroom" as chatroom id into this form.'
  )
}

function addressOf({ settings }: Ground, slug: string): string {
  return `${settings.kickChannelUrl}/${encodeURIComponent(slug)}`
}

function factsIn(answer: unknown): Facts | undefined {
  const { id, user_id, user, chatroom } = shaped<ChannelAnswer>(answer)
  const channelId = idOf(id) ?? ''
  const chatroomId = idOf(shaped<ChannelAnswer>(chatroom).id) ?? ''
  if (!KICK_ID.test(channelId) || !KICK_ID.test(chatroomId)) return undefined
  const { username, profile_pic } = shaped<ChannelUser>(user)
  const userId = idOf(user_id)
  const title = filled(username)
  const avatar = safeUrl(profile_pic, AVATAR_HOSTS)
  return {
    channelId,
    chatroomId,
    ...(userId !== undefined && { id: userId, userId }),
    ...(title !== undefined && { title: cleanName(title) }),
    ...(avatar !== undefined && { avatar }),
  }
}
