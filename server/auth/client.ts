import type { IncomingMessage } from 'node:http'
import { isIP, isIPv4 } from 'node:net'

/** What proxies and content networks add to a request they pass on. */
const FORWARDING =
  /forward|^(?:via|front-end-https|cdn-loop|(?:x-)?(?:url-)?scheme)$|^(?:cf|x-amzn?|x-original|x-envoy|x-varnish|x-nginx|x-azure|x-arr|x-appengine)(?:-|$)|(?:real|client|connecting|originating|proxy|user|remote|socket|source|peer)-?(?:ip|addr)/
const MAPPED_V4 = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i

/**
 * Whom to count a request for: an IPv4 address or the /64 of an IPv6 one, which is what one household or server gets.
 * Behind `trustedProxies` proxies it is the address that the outermost of them saw; all else in `X-Forwarded-For` is the
 * caller's own word and not looked at.
 */
export function clientOf(req: IncomingMessage, trustedProxies: number): string {
  const direct = plain(req.socket.remoteAddress ?? '')
  if (trustedProxies === 0) return network(direct)
  const seen = String(req.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((each) => plain(each.trim()))
  const outermost = seen.slice(-trustedProxies)[0] ?? ''
  return network(isIP(outermost) === 0 ? direct : outermost)
}

/** True for a caller on this machine. A request that any proxy passed on never counts. */
export function isLoopback(req: IncomingMessage): boolean {
  if (Object.keys(req.headers).some((name) => FORWARDING.test(name))) return false
  const address = plain(req.socket.remoteAddress ?? '')
  return address === '::1' || address.startsWith('127.')
}

function plain(address: string): string {
  return address.replace(MAPPED_V4, '')
}

function network(address: string): string {
  if (isIPv4(address) || isIP(address) === 0) return address
  const url = new URL(`http://[${address.split('%')[0]}]`)
  return expand(url.hostname.slice(1, -1)).slice(0, 4).join(':')
}

/** The eight groups of an IPv6 address in its canonical form. */
function expand(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return tail === undefined ? left : [...left, ...zeros, ...right]
}
