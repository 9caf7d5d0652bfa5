import { BadName } from '../platform.ts'

const LOGIN = /^[a-z0-9_]{1,25}$/
const ADDRESS = /^(?:https?:\/\/)?(?:www\.|m\.)?twitch\.tv\/(?:(?:popout|embed|moderator)\/)?([^/?#]+)/i

/** A login in lower case, out of a name, `@name`, `#name` or an address on twitch.tv. */
export function nameOf(typed: string): string {
  const text = typed.trim()
  const login = (ADDRESS.exec(text)?.[1] ?? text.replace(/^[@#]/, '')).toLowerCase()
  if (LOGIN.test(login)) return login
  throw new BadName('A Twitch name has 1 to 25 letters, digits or underscores: it is the last part of twitch.tv/…')
}
