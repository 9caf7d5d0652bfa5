import { HOUSE, type Message } from './message.ts'
import type { Trial } from './ruled.ts'
import { cleanName } from './text.ts'
import { line, textOf } from './words.ts'

/** A message that nobody wrote, in the shape in which the rules meet every other. */
export function trialDraft({ text, name, person, first }: Trial): Omit<Message, 'seq'> {
  const parts = line([text])
  const { platform, authorId } = person ?? { platform: HOUSE, authorId: '' }
  return {
    kind: 'message',
    id: `${platform}:trial`,
    platform,
    at: 0,
    receivedAt: 0,
    author: { id: authorId, name: cleanName(name), roles: [], badges: [] },
    parts,
    text: textOf(parts),
    ...(first && { first }),
  }
}
