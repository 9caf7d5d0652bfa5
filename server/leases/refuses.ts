import { connect } from 'node:net'

/** Whoever has not said anything by then is slow or cut off, which is no answer; ms. */
const ANSWERS_WITHIN_MS = 500
const PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 }

/** Whether nobody listens at an address any more: its machine is there, and says so. Of one that says nothing this is not known. */
export function refuses(address: string): Promise<boolean> {
  if (!URL.canParse(address)) return Promise.resolve(false)
  const { protocol, hostname, port } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) || (PORTS[protocol] ?? 0), timeout: ANSWERS_WITHIN_MS })
    const say = (refused: boolean) => {
      resolve(refused)
      socket.destroy()
    }
    socket.on('connect', () => say(false))
    socket.on('timeout', () => say(false))
    socket.on('error', (error) => say('code' in error && error.code === 'ECONNREFUSED'))
  })
}
