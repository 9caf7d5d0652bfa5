import type { Author, Role } from '../../message.ts'
import { cleanName, hexColor } from '../../text.ts'
import { MAX_BADGES, readBadgeTags, roleOfBadge, showBadge, type TwitchBadge } from './badges.ts'
import { platformId } from './ids.ts'
import { type IrcLine, nickOf } from './irc.ts'
import { isObject, type Json, listAt, textAt } from './json.ts'
import { ANONYMOUS_ID } from './payload.ts'

/** Who wrote an IRC line, or nothing when it names nobody. */
export function authorOfLine({ tags, prefix }: IrcLine): Author | undefined {
  const login = tags.get('login') || nickOf(prefix)
  const display = tags.get('display-name') ?? ''
  const id = tags.get('user-id') || login || display
  if (id === '') return undefined
  const author = person(id, login, display)
  setColor(author, tags.get('color'))
  wear(author, readBadgeTags(tags.get('badges') ?? '', tags.get('badge-info') ?? ''))
  addFlagRoles(author.roles, tags)
  return author
}

function addFlagRoles(roles: Role[], tags: IrcLine['tags']): void {
  const type = tags.get('user-type') ?? ''
  if (type === 'staff' || type === 'admin' || type === 'global_mod') addRole(roles, 'staff')
  if (tags.get('mod') === '1' || type === 'mod') addRole(roles, 'mod')
  if (tags.get('vip') === '1') addRole(roles, 'vip')
  if (tags.get('subscriber') === '1') addRole(roles, 'sub')
}

/** The chatter of a chat message or notification; nobody named is the anonymous one, and so is whoever wants to be. */
export function chatterOf(event: Json): Author {
  if (event.chatter_is_anonymous === true) return personAt({}, 'chatter_user_')
  const author = personAt(event, 'chatter_user_')
  setColor(author, textAt(event, 'color'))
  wear(author, listAt(event, 'badges').filter(isObject).map(badgeOf))
  return author
}

/** Whoever stands under `<prefix>id`, `<prefix>login`, `<prefix>name`; nobody named is the anonymous one. */
export function personAt(event: Json, prefix: string): Author {
  const login = textAt(event, `${prefix}login`)
  const name = textAt(event, `${prefix}name`)
  const id = textAt(event, `${prefix}id`) || login || name
  return id === '' ? { id: ANONYMOUS_ID, name: 'Anonymous', roles: [], badges: [] } : person(id, login, name)
}

function badgeOf(badge: Json): TwitchBadge {
  return { set: textAt(badge, 'set_id'), version: textAt(badge, 'id'), info: textAt(badge, 'info') }
}

/** Names are nearly always plain; those need no cleaning. */
const PLAIN_NAME = /^\w{1,25}$/

function shownName(name: string, otherwise: string): string {
  return PLAIN_NAME.test(name) ? name : cleanName(name, otherwise)
}

function person(id: string, login: string, display: string): Author {
  const shownLogin = login === '' ? '' : shownName(login, '')
  const author: Author = {
    id: platformId(id),
    name: shownName(display, shownLogin || '?'),
    roles: [],
    badges: [],
  }
  if (shownLogin !== '') author.login = shownLogin
  return author
}

function setColor(author: Author, value: string | undefined): void {
  const color = hexColor(value)
  if (color !== undefined) author.color = color
}

function wear(author: Author, badges: TwitchBadge[]): void {
  for (const badge of badges.slice(0, MAX_BADGES)) {
    if (badge.set === '') continue
    author.badges.push(showBadge(badge))
    const role = roleOfBadge(badge.set)
    if (role !== undefined) addRole(author.roles, role)
  }
}

function addRole(roles: Role[], role: Role): void {
  if (!roles.includes(role)) roles.push(role)
}
