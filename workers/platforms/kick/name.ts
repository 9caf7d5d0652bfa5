import { BadName } from '../platform.ts'

const SLUG = /^[a-z0-9-]{1,50}$/
const ADDRESS = /^(?:https?:\/\/)?(?:www\.)?kick\.com\/(?:popout\/)?([^/?#]+)/i

/** A slug: lower case, `_` as `-`. Out of a name, `@name` or an address on kick.com. */
export function nameOf(typed: string): string {
  const text = typed.trim()
  const slug = (ADDRESS.exec(text)?.[1] ?? text.replace(/^@/, '')).toLowerCase().replaceAll('_', '-')
  if (SLUG.test(slug)) return slug
  throw new BadName('A Kick name has letters, digits, dashes or underscores: it is the last part of kick.com/…')
}
