import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { isPublic } from './public-address.ts'

/** Why deliveries may not go there, as a sentence. */
export class BadTarget extends Error {}

/**
 * The address of deliveries as it is kept. `anywhere` also lets plain http and addresses that are not public through.
 * What a name leads to is not known yet: that is looked at with every delivery. Throws BadTarget.
 */
export function targetOf(typed: string, anywhere: boolean): URL {
  const url = URL.canParse(typed) ? new URL(typed) : null
  if (url === null || !['https:', 'http:'].includes(url.protocol))
    throw new BadTarget('Must be an address that begins with https://.')
  if (url.protocol === 'http:' && !anywhere)
    throw new BadTarget('Must begin with https://, so that nobody on the way reads along.')
  if (url.username !== '' || url.password !== '') throw new BadTarget('Must hold no user name and no password.')
  if (url.hash !== '') throw new BadTarget('Must hold no #: what stands behind it is never sent.')
  if (!anywhere) refuseClosed(hostOf(url))
  return url
}

/** The host as sockets take it. URLs write odd forms of IPv4 (octal, one number) in the usual one. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

/** For an address instead of a name, which nobody looks up. Throws BadTarget. */
export function refuseClosed(host: string): void {
  if (isIP(host) !== 0 && !isPublic(host)) throw new BadTarget(`${host} is not an address of the public internet.`)
}

/**
 * Looks a name up once and hands on what was checked, so that the connection goes there and nowhere else. One address
 * that is not public spoils all of them.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '')
    const [first] = addresses
    const bad = addresses.find(({ address }) => !isPublic(address))
    if (bad !== undefined || first === undefined) {
      return callback(
        new BadTarget(
          `${hostname} leads to ${bad?.address ?? 'nothing'}, which is not an address of the public internet.`,
        ),
        '',
      )
    }
    if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}
