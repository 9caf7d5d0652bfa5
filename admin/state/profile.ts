import type { About } from '../../server/protocol.ts'
import type { Author } from './model.ts'

/** Address of somebody's own page on their platform; null where the platform has none, or what it needs is not known. */
export function profileOf(
  about: Pick<About, 'profile'> | undefined,
  { id, login }: Pick<Author, 'id' | 'login'>,
): string | null {
  const values: Record<string, string | undefined> = { id, login }
  let whole = true
  const address = (about?.profile ?? '').replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    whole &&= value !== undefined && value !== ''
    return encodeURIComponent(value ?? '')
  })
  return whole && address.startsWith('https://') ? address : null
}
