import { BadName } from '../platform.ts'

const SLUG = /^[a-z0-9-]{1,50}$/
const ADDRESS = /^(?:https?:\/\/)?(?:www\.)?kick\.com\/(?:popout\/)?([^/?#]+)/i
/** Pages of Kick's own that look like the name of a channel. */
const OWN_PAGES = new Set(['browse', 'categories', 'category', 'clips', 'following', 'search', 'settings', 'video'])

/** A slug: lower case, `_` as `-`. Out of a name, `@name` or an address on kick.com. */
export function nameOf(typed: string): string {
  const text = typed.trim().replace(/^<(.*)>$/, '$1')
  const slug = (ofAddress(text) ?? text.replace(/^@/, '')).toLowerCase().replaceAll('_', '-')
  if (SLUG.test(slug)) return slug
  throw new BadName('A Kick name has letters, digits, dashes or underscores: it is the last part of kick.com/…')
}

/** What an address on kick.com names, '' where it names no channel; undefined for what is no such address. */
function ofAddress(text: string): string | undefined {
  const name = ADDRESS.exec(text)?.[1]
  return name !== undefined && OWN_PAGES.has(name.toLowerCase()) ? '' : name
}
