import type { Text } from '../language/words.ts'

/** What asking an address for a word of this process has shown. */
export type Reached = 'here' | 'elsewhere' | 'nowhere' | 'barred'

const PATIENCE_MS = 8_000
/** What follows the address. */
export const REACHED: Readonly<Record<Reached, Text>> = {
  here: 'leads here.',
  elsewhere: 'is answered, but not by this CrossChat. See where the name and the proxy lead.',
  nowhere: 'does not answer this browser, or not this CrossChat. See name, proxy, certificate and firewall.',
  barred: 'cannot be asked from here: a page over https may not ask one over http. Open the panel at that address.',
}

/** Asks as any page would, without cookies. Only this CrossChat, on whichever of its servers, knows the nonce that it made. */
export async function askAddress(
  address: string,
  nonce: string,
  page: { protocol: string },
  ask: (path: string, init: RequestInit) => Promise<Pick<Response, 'ok'>>,
): Promise<Reached> {
  if (page.protocol === 'https:' && address.startsWith('http:')) return 'barred'
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await ask(`${address}/api/address-checks/${nonce}`, {
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal,
    })
    return answer.ok ? 'here' : 'elsewhere'
  } catch {
    return 'nowhere'
  }
}
