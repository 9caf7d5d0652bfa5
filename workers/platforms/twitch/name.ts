import { BadName } from '../platform.ts'

const LOGIN = /^[a-z0-9_]{1,25}$/
const ADDRESS =
  /^(?:https?:\/\/)?(?:(?:www|m|go|dashboard)\.)?twitch\.tv\/(?:(?:popout|embed|moderator|u)\/)?([^/?#]+)/i
const PLAYER = /^(?:https?:\/\/)?player\.twitch\.tv\/\?(?:[^#]*&)?channel=([^&#]+)/i
/** Pages of Twitch's own that look like the name of a channel. */
const OWN_PAGES = new Set(
  'clip collections directory downloads drops inventory jobs search settings store subscriptions team turbo videos wallet'.split(
    ' ',
  ),
)

/** A login in lower case, out of a name, `@name`, `#name` or an address on twitch.tv. */
export function nameOf(typed: string): string {
  const text = typed.trim().replace(/^<(.*)>$/, '$1')
  const login = (ofAddress(text) ?? text.replace(/^[@#]/, '')).toLowerCase()
  if (LOGIN.test(login)) return login
  throw new BadName('A Twitch name has 1 to 25 letters, digits or underscores: it is the last part of twitch.tv/…')
}

/** What an address on twitch.tv names, '' where it names no channel; undefined for what is no such address. */
function ofAddress(text: string): string | undefined {
  const name = (PLAYER.exec(text) ?? ADDRESS.exec(text))?.[1]
  return name !== undefined && OWN_PAGES.has(name.toLowerCase()) ? '' : name
}
