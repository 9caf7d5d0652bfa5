import { installGlobals, SEEN_PAGE } from './globals.ts'
import { ClientSocket, type Network } from './network.ts'
import { BLOCKED_HOST, ClientStream, LET_THROUGH_SHARE } from './streamed.ts'

/** From now on pages dial this network. Returns what gives the browser's own back. */
export function installSockets(network: Network): () => void {
  class Dialling extends ClientSocket {
    constructor(address: string) {
      super(network, address.includes(BLOCKED_HOST) && Math.random() >= LET_THROUGH_SHARE)
    }
  }
  const fetch = (address: string, { signal }: { signal: AbortSignal }) =>
    new ClientStream(network, address, signal).answer
  return installGlobals({ ...SEEN_PAGE, WebSocket: Dialling, fetch })
}
