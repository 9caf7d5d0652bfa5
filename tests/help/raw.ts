import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection on which a test writes every byte itself. */
export class Raw {
  readonly socket: Socket
  readonly #heard: Buffer[] = []

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.on('data', (bytes: Buffer) => void this.#heard.push(bytes))
    // How it ends is looked at, not why.
    this.socket.on('error', () => {})
  }

  /** Past the handshake, as a WebSocket that has said nothing. */
  static async upgraded(port: number, path = '/ws/overlay'): Promise<Raw> {
    const raw = new Raw(port)
    raw.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    while (!raw.heard.includes('\r\n\r\n')) await once(raw.socket, 'data')
    if (!raw.heard.startsWith('HTTP/1.1 101')) throw new Error(raw.heard)
    return raw
  }

  get heard(): string {
    return Buffer.concat(this.#heard).toString('latin1')
  }

  /** Resolves with all that came, once the other side has ended it. */
  async ended(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, 'close')
    return this.heard
  }

  /** The code of the close frame that came last; null = none. */
  closeCode(): number | null {
    const bytes = Buffer.concat(this.#heard)
    const at = bytes.lastIndexOf(CLOSE_FRAME)
    return at === -1 || at + 4 > bytes.length ? null : bytes.readUInt16BE(at + 2)
  }
}

export const OP = { goesOn: 0, text: 1, ping: 9, pong: 10 } as const

/** The server's close frames hold a code and no words. */
const CLOSE_FRAME = Buffer.from([0x88, 0x02])
const FINAL = 0x80
const MASKED = 0x80
const SHORT = 126

/** A client's frame of less than 126 bytes. Its mask is zero, so it stands there as it is. */
export function clientFrame(op: number, text: string, final = true): Buffer {
  const payload = Buffer.from(text)
  if (payload.length >= SHORT)
    throw new RangeError(`A short frame holds less than ${SHORT} bytes, got ${payload.length}.`)
  const head = [op | (final ? FINAL : 0), MASKED | payload.length, 0, 0, 0, 0]
  return Buffer.concat([Buffer.from(head), payload])
}
