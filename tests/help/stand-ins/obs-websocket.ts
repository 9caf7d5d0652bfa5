import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** OBS's WebSocket server (protocol 5) as far as a browser source is made through it. */

interface Input {
  inputName: string
  inputKind: string
  settings: Record<string, unknown>
  sceneName: string
}
interface Frame {
  op: number
  d: Record<string, unknown>
}
type Answer = { data?: object } | { code: number; comment?: string }

export class ObsWebSocket {
  password: string | null = null
  readonly scene = 'Live scene'
  inputs: Input[] = []
  /** Request types, in order, of those who had identified. */
  readonly asked: string[] = []
  /** What it does wrong. */
  trouble: 'none' | 'silent' | 'not-ready' | 'refuses' | 'stranger' | 'other-version' | 'hangs-up' = 'none'
  readonly #server: WebSocketServer

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (socket) => this.#greet(socket))
  }

  static async start(): Promise<ObsWebSocket> {
    const handleProtocols = (offered: Set<string>) => (offered.has('obswebsocket.json') ? 'obswebsocket.json' : false)
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols })
    await once(server, 'listening')
    return new ObsWebSocket(server)
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate()
    await new Promise((closed) => this.#server.close(closed))
  }

  #greet(socket: WebSocket): void {
    if (this.trouble === 'stranger') socket.send('Welcome to something else')
    if (this.trouble === 'stranger' || this.trouble === 'silent') return
    const authentication = { challenge: randomBytes(32).toString('base64'), salt: randomBytes(32).toString('base64') }
    let identified = false
    socket.on('message', (text) => {
      const frame: Frame = JSON.parse(String(text))
      if (identified) this.#take(socket, frame)
      else if (frame.op !== 1) socket.close(4007, 'You are not identified.')
      else identified = this.#identify(socket, frame, authentication)
    })
    const hello = { obsWebSocketVersion: '5.5.4', rpcVersion: 1, ...(this.password !== null && { authentication }) }
    socket.send(JSON.stringify({ op: 0, d: hello }))
  }

  #identify(socket: WebSocket, { d }: Frame, { salt, challenge }: { salt: string; challenge: string }): boolean {
    if (this.trouble === 'other-version') socket.close(4010)
    else if (this.password !== null && d.authentication !== hash(hash(this.password + salt) + challenge)) {
      socket.close(4009, 'Authentication failed.')
    } else {
      socket.send(JSON.stringify({ op: 2, d: { negotiatedRpcVersion: 1 } }))
      return true
    }
    return false
  }

  #take(socket: WebSocket, { d }: Frame): void {
    this.asked.push(String(d.requestType))
    if (this.trouble === 'hangs-up') socket.terminate()
    else this.#reply(socket, d)
  }

  #reply(socket: WebSocket, { requestType, requestId, requestData }: Frame['d']): void {
    const answer = this.#answer(String(requestType), (requestData ?? {}) as Record<string, unknown>)
    const failed = 'code' in answer
    const requestStatus = failed ? { result: false, ...answer } : { result: true, code: 100 }
    const responseData = failed ? {} : { responseData: answer.data ?? {} }
    // An event that nobody asked for does no harm.
    socket.send(JSON.stringify({ op: 5, d: { eventType: 'ExitStarted', eventIntent: 1 } }))
    socket.send(JSON.stringify({ op: 7, d: { requestType, requestId, requestStatus, ...responseData } }))
  }

  #answer(type: string, data: Record<string, unknown>): Answer {
    if (this.trouble === 'not-ready') return { code: 207, comment: 'OBS is not ready to perform the request.' }
    if (type === 'GetInputList') return { data: { inputs: this.inputs.map(listed) } }
    if (type === 'GetCurrentProgramScene') return { data: { currentProgramSceneName: this.scene } }
    if (type === 'SetInputSettings') return this.#set(data)
    if (type === 'CreateInput') return this.#create(data)
    return { code: 204, comment: 'The request type is not valid.' }
  }

  #set({ inputName, inputSettings }: Record<string, unknown>): Answer {
    const found = this.inputs.find((input) => input.inputName === inputName)
    if (found === undefined) return { code: 600, comment: 'No source was found.' }
    Object.assign(found.settings, inputSettings)
    return {}
  }

  #create({ inputName, inputKind, inputSettings, sceneName }: Record<string, unknown>): Answer {
    if (this.trouble === 'refuses') return { code: 601, comment: 'A source already exists by that input name.' }
    if (sceneName !== this.scene) return { code: 600, comment: 'No source was found by that name.' }
    const settings = { ...(inputSettings as Record<string, unknown>) }
    this.inputs.push({ inputName: String(inputName), inputKind: String(inputKind), settings, sceneName: this.scene })
    return { data: { inputUuid: '0', sceneItemId: 1 } }
  }
}

const listed = ({ inputName, inputKind }: Input) => ({ inputName, inputKind, unversionedInputKind: inputKind })

const hash = (text: string) => createHash('sha256').update(text).digest('base64')
