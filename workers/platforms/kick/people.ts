import { filled, idOf, shaped } from '../../foreign.ts'
import type { Author } from '../../message.ts'
import { cleanName, hexColor, safeUrl } from '../../text.ts'
import { standing } from './badges.ts'
import type { Identity, SocketUser, User } from './payload.ts'

export const AVATAR_HOSTS = ['files.kick.com', 'kick.com', '*.kick.com']

/** A user as webhooks and the socket name one; neither id nor name where the person stays unknown. */
export function person(value: unknown): Author {
  const user = named(value)
  const identity = shaped<Identity>(user.identity)
  const name = cleanName(filled(user.username) ?? '', 'Anonymous')
  const login = filled(user.channel_slug) ?? filled(user.slug)
  const color = hexColor(identity.username_color ?? identity.color ?? user.username_color)
  const avatar = safeUrl(user.profile_picture, AVATAR_HOSTS)
  return {
    id: personId(value) ?? 'anonymous',
    name,
    ...(login !== undefined && { login: cleanName(login) }),
    ...(color !== undefined && { color }),
    ...(avatar !== undefined && { avatar }),
    ...standing(identity, user.is_verified === true),
  }
}

/** Whoever wants to stay unnamed is not named, whatever else stands there. */
function named(value: unknown): User & SocketUser {
  const user = shaped<User & SocketUser>(value)
  return user.is_anonymous === true ? shaped<User & SocketUser>({}) : user
}

/** A person known by nothing but a name has it for an id. */
export function personId(value: unknown): string | undefined {
  const { user_id, id, username } = named(value)
  const name = filled(username)
  return idOf(user_id ?? id) ?? (name === undefined ? undefined : `name:${cleanName(name).toLowerCase()}`)
}
