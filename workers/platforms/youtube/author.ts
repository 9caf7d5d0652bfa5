import { filled, idOf, shaped } from '../../foreign.ts'
import type { Author } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { flagged, pinned, type Standing } from './badges.ts'
import { picture, pictureUrl } from './images.ts'
import type { AuthorDetails, Item, Resource, Snippet } from './payload.ts'
import { plain } from './runs.ts'

export function authorOfResource(resource: Resource, snippet: Snippet): Author {
  const details = shaped<AuthorDetails>(resource.authorDetails)
  const id = idOf(details.channelId) ?? idOf(snippet.authorChannelId)
  return person(id, filled(details.displayName) ?? '', pictureUrl(details.profileImageUrl), flagged(details))
}

export function authorOfItem(item: Item): Author {
  const id = idOf(item.authorExternalChannelId)
  return person(id, plain(item.authorName), picture(item.authorPhoto), pinned(item.authorBadges))
}

/** Whether anything in it says who wrote it. */
export function hasAuthor(item: Item): boolean {
  return idOf(item.authorExternalChannelId) !== undefined || plain(item.authorName) !== ''
}

function person(id: string | undefined, name: string, avatar: string | undefined, standing: Standing): Author {
  const shown = cleanName(name)
  // One name, one stand-in: a rule or a removal that names it reaches all of that author's messages.
  return { id: id ?? `name:${shown.toLowerCase()}`, name: shown, ...(avatar !== undefined && { avatar }), ...standing }
}
