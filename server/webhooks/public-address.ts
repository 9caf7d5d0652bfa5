import { BlockList, isIP } from 'node:net'

/**
 * Which addresses are open to everybody on the internet. What is not: this machine, its network, its neighbours, and
 * what clouds tell their own machines. From IANA's special-purpose registries.
 */

const CLOSED_V4: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Azure tells its machines about themselves here.
  ['168.63.129.16', 32],
]
/** Of IPv6 only this is the internet: neither `::1`, nor what is mapped to IPv4, link-local, unique-local, multicast or NAT64. */
const OPEN_V6: readonly [string, number] = ['2000::', 3]
/** Within it: Teredo and others of 2001::/23, documentation, and 6to4, which leads to an IPv4 address of the sender's choice. */
const CLOSED_V6: readonly [network: string, prefix: number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const closed = new BlockList()
for (const [network, prefix] of CLOSED_V4) closed.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of CLOSED_V6) closed.addSubnet(network, prefix, 'ipv6')
const open = new BlockList()
open.addSubnet(...OPEN_V6, 'ipv6')

/** True for an IP address that belongs to the internet; false for all others, and for what is no address. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  // A zone (`fe80::1%eth0`) names an interface of this machine.
  if (family === 0 || address.includes('%')) return false
  if (family === 4) return !closed.check(address, 'ipv4')
  return open.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}
