import { type ReadonlySignal, signal } from '@preact/signals'

/** Where the panel is, read from the address's fragment, so that no server needs to know the pages. */
export type Route =
  | { page: 'setup'; token: string | null }
  | { page: 'register' }
  | { page: 'login' }
  /** With a link from the owner of the instance. */
  | { page: 'reset'; token: string }
  | { page: 'live' }
  | { page: 'history' }
  /** `at`: a place in its transcript, and the seq of the event that is looked for there. */
  | { page: 'stream'; id: string; at?: { cursor: string; seq: number } }
  | { page: 'overlays' }
  | { page: 'overlay'; id: string }
  /** `part`: which of its parts; null = the first. */
  | { page: 'moderation'; part: string | null }
  /** `platform`: whose account is meant. */
  | { page: 'accounts'; platform: string | null }
  | { page: 'docks' }
  | { page: 'keys' }
  | { page: 'webhooks' }
  | { page: 'people' }
  | { page: 'settings' }
  | { page: 'invite'; token: string }
  | { page: 'engine' }
  | { page: 'instance' }
  | { page: 'missing' }

/** What stands in the fragment after `#/`, longest form last. An id or token is one segment. */
const SEGMENT = '([A-Za-z0-9_-]{1,100})'
const ROUTES: readonly [pattern: RegExp, make: (segment: string, second: string, third: string) => Route][] = [
  [/^(?:live)?$/, () => ({ page: 'live' })],
  [/^setup$/, () => ({ page: 'setup', token: null })],
  [new RegExp(`^setup/${SEGMENT}$`), (token) => ({ page: 'setup', token })],
  [/^register$/, () => ({ page: 'register' })],
  [/^login$/, () => ({ page: 'login' })],
  [/^history$/, () => ({ page: 'history' })],
  [new RegExp(`^history/${SEGMENT}$`), (id) => ({ page: 'stream', id })],
  [
    new RegExp(`^history/${SEGMENT}/${SEGMENT}/(\\d{1,16})$`),
    (id, cursor, seq) => ({ page: 'stream', id, at: { cursor, seq: Number(seq) } }),
  ],
  [/^overlays$/, () => ({ page: 'overlays' })],
  [new RegExp(`^overlays/${SEGMENT}$`), (id) => ({ page: 'overlay', id })],
  [/^moderation$/, () => ({ page: 'moderation', part: null })],
  [new RegExp(`^moderation/${SEGMENT}$`), (part) => ({ page: 'moderation', part })],
  [/^accounts$/, () => ({ page: 'accounts', platform: null })],
  [new RegExp(`^accounts/${SEGMENT}$`), (platform) => ({ page: 'accounts', platform })],
  [/^docks$/, () => ({ page: 'docks' })],
  [/^keys$/, () => ({ page: 'keys' })],
  [/^webhooks$/, () => ({ page: 'webhooks' })],
  [/^people$/, () => ({ page: 'people' })],
  [/^settings$/, () => ({ page: 'settings' })],
  [new RegExp(`^invite/${SEGMENT}$`), (token) => ({ page: 'invite', token })],
  [/^engine$/, () => ({ page: 'engine' })],
  [/^instance$/, () => ({ page: 'instance' })],
  [new RegExp(`^reset/${SEGMENT}$`), (token) => ({ page: 'reset', token })],
]

export function parseRoute(hash: string): Route {
  const path = hash.replace(/^#?\/?/, '').replace(/\/$/, '')
  for (const [pattern, make] of ROUTES) {
    const found = pattern.exec(path)
    if (found) return make(found[1] ?? '', found[2] ?? '', found[3] ?? '')
  }
  return { page: 'missing' }
}

export function hrefOf(route: Route): string {
  if (route.page === 'setup') return route.token === null ? '#/setup' : `#/setup/${route.token}`
  if (route.page === 'invite') return `#/invite/${route.token}`
  if (route.page === 'stream') {
    return `#/history/${route.id}${route.at === undefined ? '' : `/${route.at.cursor}/${route.at.seq}`}`
  }
  if (route.page === 'reset') return `#/reset/${route.token}`
  if (route.page === 'overlay') return `#/overlays/${route.id}`
  if (route.page === 'moderation' && route.part !== null) return `#/moderation/${route.part}`
  if (route.page === 'accounts' && route.platform !== null) return `#/accounts/${route.platform}`
  return `#/${route.page}`
}

/** Pages that a person without an account may see. */
export function isOutside(route: Route): boolean {
  return route.page === 'setup' || route.page === 'register' || route.page === 'login'
}

/** Follows the address bar for as long as the page lives. */
export function followAddress(view: Window): ReadonlySignal<Route> {
  const route = signal(parseRoute(view.location.hash))
  view.addEventListener('hashchange', () => {
    route.value = parseRoute(view.location.hash)
  })
  return route
}
