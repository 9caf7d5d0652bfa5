import { t } from '../language/words.ts'
import type { Source } from './obs.ts'

/**
 * Speaks obs-websocket 5 as far as a browser source needs it, from this page to OBS on the same computer. The password goes
 * into one hash and nowhere else. Every trouble is a sentence that says what to do.
 */

/** What is needed of a WebSocket, and what it tells; given, so that tests bring their own. */
export interface Wire {
  send(text: string): void
  close(): void
}
export interface Ears {
  heard(data: unknown): void
  closed(code: number): void
}
export interface Surroundings {
  open(address: string, protocol: string, ears: Ears): Wire
  /** Browsers have it on https and on localhost only. */
  subtle: Pick<SubtleCrypto, 'digest'> | undefined
  /** This page came over https. */
  secure: boolean
}

export interface Order {
  port: number
  password: string
  source: Source
  url: string
}

export class ObsTrouble extends Error {
  override name = 'ObsTrouble'
}

const PROTOCOL = 'obswebsocket.json'
const RPC_VERSION = 1
const MAX_PORT = 65_535
const ANSWER_WITHIN_MS = 5_000
const OP = { hello: 0, identify: 1, identified: 2, request: 6, answer: 7 } as const
const CLOSED = { wrongPassword: 4009, otherVersion: 4010, kicked: 4011 } as const
/** What OBS calls a request that it does not take in its present state. */
const NOT_READY = 207
const KIND = 'browser_source'

type Fields = Readonly<Record<string, unknown>>

/** Makes the source in the scene on programme, or gives one of that name the new address and size. */
export async function putIntoObs(order: Order, around: Surroundings): Promise<'made' | 'changed'> {
  if (!Number.isInteger(order.port) || order.port < 1 || order.port > MAX_PORT) {
    throw new ObsTrouble(
      t('The port is a whole number from 1 to {most}. In OBS: Tools → WebSocket Server Settings → Show Connect Info.', {
        most: String(MAX_PORT),
      }),
    )
  }
  const line = new ObsLine(order.port, around)
  try {
    await line.identify(order.password)
    return await putSource(line, order)
  } finally {
    line.close()
  }
}

async function putSource(line: ObsLine, { source: { name, width, height }, url }: Order): Promise<'made' | 'changed'> {
  const inputSettings = { url, width, height, is_local_file: false, shutdown: false, restart_when_active: false }
  const kind = kindOf(await line.ask('GetInputList', {}), name)
  if (kind !== null && kind !== KIND) {
    throw new ObsTrouble(
      t('OBS has something else that is called “{name}”. Choose another name for the source.', { name }),
    )
  }
  if (kind === KIND) {
    await line.ask('SetInputSettings', { inputName: name, inputSettings, overlay: true })
    return 'changed'
  }
  const { currentProgramSceneName: sceneName } = await line.ask('GetCurrentProgramScene', {})
  await line.ask('CreateInput', { sceneName, inputName: name, inputKind: KIND, inputSettings, sceneItemEnabled: true })
  return 'made'
}

function kindOf({ inputs }: Fields, name: string): string | null {
  const all: unknown[] = Array.isArray(inputs) ? inputs : []
  const found = all.map(fieldsOf).find(({ inputName }) => inputName === name)
  // Some kinds carry their version, as `browser_source_v2` would.
  const kind = found?.unversionedInputKind ?? found?.inputKind
  return found === undefined ? null : String(kind)
}

/** The answer to the challenge that OBS's hello carries. */
export async function answerTo(
  password: string,
  { salt, challenge }: { salt: string; challenge: string },
  subtle: Pick<SubtleCrypto, 'digest'>,
): Promise<string> {
  const hash = async (text: string) => {
    const bytes = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)))
    return btoa(String.fromCharCode(...bytes))
  }
  return hash((await hash(password + salt)) + challenge)
}

interface Waiting {
  wanted(op: unknown, fields: Fields): boolean
  resolve(fields: Fields): void
  reject(trouble: ObsTrouble): void
}

/** One question at a time: each waits for its answer, for the end of the line, or for too long. */
class ObsLine {
  readonly #address: string
  readonly #around: Surroundings
  readonly #hello: Promise<Fields>
  readonly #wire: Wire
  #waiting: Waiting | null = null
  #closed: ObsTrouble | null = null
  #greeted = false
  #asked = 0

  constructor(port: number, around: Surroundings) {
    this.#address = `ws://127.0.0.1:${port}`
    this.#around = around
    this.#hello = this.#wait((op) => op === OP.hello)
    // Whoever identifies hears of it; a line that breaks before is not an error of nobody.
    this.#hello.catch(() => undefined)
    const ears = { heard: (data: unknown) => this.#hear(data), closed: (code: number) => this.#end(this.#why(code)) }
    this.#wire = around.open(this.#address, PROTOCOL, ears)
  }

  async identify(password: string): Promise<void> {
    const { authentication } = await this.#hello
    this.#greeted = true
    const proof = authentication === undefined ? {} : { authentication: await this.#prove(password, authentication) }
    await this.#say(
      OP.identify,
      { rpcVersion: RPC_VERSION, eventSubscriptions: 0, ...proof },
      (op) => op === OP.identified,
    )
  }

  async ask(requestType: string, requestData: Fields): Promise<Fields> {
    const requestId = String(++this.#asked)
    const mine = (op: unknown, fields: Fields) => op === OP.answer && fields.requestId === requestId
    const { requestStatus, responseData } = await this.#say(OP.request, { requestType, requestId, requestData }, mine)
    const { result, code, comment } = fieldsOf(requestStatus)
    if (result === true) return fieldsOf(responseData)
    if (code === NOT_READY) throw new ObsTrouble(t('OBS is busy changing its scenes. Try again in a moment.'))
    throw new ObsTrouble(
      typeof comment === 'string'
        ? t('OBS did not do it: {why}', { why: comment })
        : t('OBS did not do it (code {code}).', { code: String(code) }),
    )
  }

  close(): void {
    this.#wire.close()
  }

  async #prove(password: string, authentication: unknown): Promise<string> {
    const { salt, challenge } = fieldsOf(authentication)
    if (typeof salt !== 'string' || typeof challenge !== 'string') throw this.#stranger()
    if (password === '')
      throw new ObsTrouble(t('OBS asks for a password. In OBS: Tools → WebSocket Server Settings → Show Connect Info.'))
    const { subtle } = this.#around
    if (subtle !== undefined) return answerTo(password, { salt, challenge }, subtle)
    throw new ObsTrouble(
      t(
        'This browser works with passwords only on https and on localhost. Open the panel there, drag the source instead, or switch off “Enable Authentication” in OBS.',
      ),
    )
  }

  #say(op: number, fields: Fields, wanted: Waiting['wanted']): Promise<Fields> {
    if (this.#closed !== null) return Promise.reject(this.#closed)
    this.#wire.send(JSON.stringify({ op, d: fields }))
    return this.#wait(wanted)
  }

  #wait(wanted: Waiting['wanted']): Promise<Fields> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#end(this.#greeted ? this.#silent() : this.#unreachable()), ANSWER_WITHIN_MS)
      const done = <T>(then: (value: T) => void) => {
        return (value: T) => {
          clearTimeout(late)
          this.#waiting = null
          then(value)
        }
      }
      this.#waiting = { wanted, resolve: done(resolve), reject: done(reject) }
    })
  }

  #hear(data: unknown): void {
    const { op, d } = fieldsOf(parse(data))
    if (typeof op !== 'number') this.#end(this.#stranger())
    else if (this.#waiting?.wanted(op, fieldsOf(d))) this.#waiting.resolve(fieldsOf(d))
  }

  #end(trouble: ObsTrouble): void {
    this.#closed ??= trouble
    this.#waiting?.reject(this.#closed)
  }

  #why(code: number): ObsTrouble {
    if (code === CLOSED.wrongPassword)
      return new ObsTrouble(
        t('The password is not OBS’s. In OBS: Tools → WebSocket Server Settings → Show Connect Info.'),
      )
    if (code === CLOSED.otherVersion)
      return new ObsTrouble(t('This OBS speaks another version of its protocol. Drag the source instead.'))
    if (code === CLOSED.kicked) return new ObsTrouble(t('OBS ended the connection. Try again.'))
    return this.#greeted ? this.#silent() : this.#unreachable()
  }

  #unreachable(): ObsTrouble {
    const where = t(
      'OBS does not answer at {address}. In OBS: Tools → WebSocket Server Settings, switch on “Enable WebSocket server” and compare the port.',
      { address: this.#address },
    )
    const https = t('As this page came over https, the browser may also refuse, or ask you first.')
    return new ObsTrouble(this.#around.secure ? `${where} ${https}` : where)
  }

  #silent(): ObsTrouble {
    return new ObsTrouble(t('OBS has gone silent. Look whether it still runs, and try again.'))
  }

  #stranger(): ObsTrouble {
    return new ObsTrouble(
      t('What answers at {address} is not OBS’s WebSocket server. Compare the port.', { address: this.#address }),
    )
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function parse(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return null
  }
}

/** This page's own. */
export function here(): Surroundings {
  return { open: openSocket, subtle: globalThis.crypto?.subtle, secure: location.protocol === 'https:' }
}

function openSocket(address: string, protocol: string, ears: Ears): Wire {
  const socket = new WebSocket(address, protocol)
  socket.onmessage = ({ data }) => ears.heard(data)
  socket.onclose = ({ code }) => ears.closed(code)
  return socket
}
