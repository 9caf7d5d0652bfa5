import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Actor, actorIn } from '../auth/actor.ts'
import { type AddressSettings, hostAllowed, namesOnce, originAllowed } from '../auth/addresses.ts'
import { clientOf } from '../auth/client.ts'
import type { DockKeys, OverlayKeys, PreviewKeys } from '../auth/keys.ts'
import type { PanelSessions } from '../auth/sessions.ts'
import type { Entry } from '../entries.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { CLOSE, HELLO_WITHIN_MS, MAX_CLIENT_FRAME_BYTES } from '../protocol.ts'
import type { Docks, Looks, Overlays } from '../stores/overlays.ts'
import type { Stores } from '../stores/stores.ts'
import type { LivePeer, Member } from './audience.ts'
import type { Crowd } from './crowd.ts'
import { type HeardHello, readHello } from './hello.ts'
import type { Hub } from './hub.ts'
import type { Previews } from './previews.ts'
import { Reports, readAgent, readReport } from './report.ts'
import { SocketPeer } from './socket.ts'
import type { Welcomes } from './welcomes.ts'
import type { WrongKeys } from './wrong-keys.ts'

const MAX_FRAGMENTS = 8
const MAX_BUFFERED_CHUNKS = 64
const CLOSE_WITHIN_MS = 2_000

const PATHS = ['/ws/overlay', '/ws/dock', '/ws/panel', '/ws/preview']

export interface UpgradeParts {
  addresses: AddressSettings
  trustedProxies: number
  sessions: Pick<PanelSessions, 'sessionOf'>
  /** Where a person works. */
  people: Pick<Stores, 'channels' | 'members'>
  overlayKeys: OverlayKeys
  overlays: Pick<Overlays, 'byId'>
  dockKeys: DockKeys
  docks: Pick<Docks, 'byId'>
  previewKeys: PreviewKeys
  looks: Pick<Looks, 'draft'>
  previews: Previews
  /** Opens a channel on the line. */
  open(channelId: string): Promise<Pick<Entry, 'id' | 'epoch'>>
  welcomes: Welcomes
  hub: Hub
  crowd: Crowd
  wrongKeys: WrongKeys
  log: Log
  metrics: Metrics
}

/** Gives whoever said hello what is theirs. */
type Welcome = (peer: LivePeer, hello: HeardHello) => void
/** Whoever may come in. */
interface Admitted {
  /** Whose channel it is; welcomes are given in turns of these. */
  channelId: string
  /** Asked when it is their turn: what let them in may have been withdrawn meanwhile; null = it was. */
  enter(): Promise<Welcome | null>
}
type Admit = (hello: HeardHello) => Promise<Admitted | null>

/** A socket that is open, and how far it has come. */
interface Seat {
  peer: SocketPeer
  client: string
  admit: Admit
  /** What waits to be answered. */
  hello: HeardHello | null
  /** Null until the first hello. */
  admitted: Promise<Admitted | null> | null
  /** Null until they are in. */
  welcome: Welcome | null
  /** Resolves when the first hello is answered; null until there was one. */
  answered: Promise<void> | null
}

/** Lets WebSockets in. Overlays and docks are known by their key alone; the panel's by cookie and Origin, before the 101. */
export class Upgrades {
  readonly #parts: UpgradeParts
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_CLIENT_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
    ...{ maxFragments: MAX_FRAGMENTS, maxBufferedChunks: MAX_BUFFERED_CHUNKS, closeTimeout: CLOSE_WITHIN_MS },
  })

  constructor(parts: UpgradeParts) {
    this.#parts = parts
  }

  /** For the server's `upgrade` event. Never throws. */
  handle(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    this.#handle(req, socket, head).catch((error: unknown) => {
      this.#parts.log.error({ err: error }, 'an upgrade failed')
      refuse(socket, 500)
    })
  }

  async #handle(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { addresses, trustedProxies, crowd } = this.#parts
    const [path = ''] = (req.url ?? '').split('?')
    if (!namesOnce(req) || !hostAllowed(addresses, req)) return refuse(socket, 421)
    if (!PATHS.includes(path)) return refuse(socket, 404)
    const actor = path === '/ws/panel' ? await this.#panelOf(req) : null
    if (typeof actor === 'number') return refuse(socket, actor)
    // Whoever hung up meanwhile would never be seen to leave.
    if (socket.destroyed) return
    const client = clientOf(req, trustedProxies)
    const leave = crowd.enter(client)
    if (leave === null) return this.#server.handleUpgrade(req, socket, head, (ws) => turnAway(ws, socket))
    socket.once('close', leave)
    const admit = this.#admitting(path, req)
    this.#server.handleUpgrade(req, socket, head, (ws) => this.#seat(ws, socket, admit, client))
  }

  #admitting(path: string, req: IncomingMessage): Admit {
    if (path === '/ws/panel') return (hello) => this.#admitPanel(hello, req)
    if (path === '/ws/dock') return (hello) => this.#admitDock(hello)
    if (path === '/ws/preview') return (hello) => this.#admitPreview(hello)
    return (hello) => this.#admitOverlay(hello, req.headers['user-agent'])
  }

  async #panelOf(req: IncomingMessage): Promise<Actor | 401 | 403 | 404> {
    if (!originAllowed(this.#parts.addresses, req)) return 403
    const who = await this.#parts.sessions.sessionOf(req)
    return who === null ? 401 : ((await actorIn(this.#parts.people, who, channelIn(req))) ?? 404)
  }

  async #admitOverlay({ key, client }: HeardHello, userAgent = ''): Promise<Admitted | null> {
    const { overlayKeys, overlays } = this.#parts
    const before = key === null ? null : await overlayKeys.find(key, overlays)
    if (key === null || before === null) return null
    return this.#listen(before.channelId, async () => {
      const overlay = await overlayKeys.find(key, overlays)
      if (overlay === null) return null
      const { id, settings } = overlay
      const page = { id, settings, report: null, ...readAgent(userAgent) }
      return { role: 'overlay', overlay: page, client: seen(client) }
    })
  }

  async #admitDock({ key, client }: HeardHello): Promise<Admitted | null> {
    const { dockKeys, docks } = this.#parts
    const before = key === null ? null : await dockKeys.find(key, docks)
    if (key === null || before === null) return null
    return this.#listen(before.channelId, async () => {
      const dock = await dockKeys.find(key, docks)
      return dock === null ? null : { role: 'dock', dock: { id: dock.id, scope: dock.scope }, client: seen(client) }
    })
  }

  async #admitPreview({ key }: HeardHello): Promise<Admitted | null> {
    const { previewKeys, overlays, looks, previews } = this.#parts
    const overlay = key === null ? null : await previewKeys.find(key, overlays)
    if (overlay === null) return null
    const draft = await looks.draft(overlay.id)
    const welcome = (peer: LivePeer) => previews.join(overlay.id, peer, draft?.settings ?? overlay.settings)
    return { channelId: overlay.channelId, enter: async () => welcome }
  }

  /** Whoever was signed out or sent away since the handshake must not come in by a late hello. */
  async #admitPanel({ client }: HeardHello, req: IncomingMessage): Promise<Admitted | null> {
    const before = await this.#panelOf(req)
    if (typeof before === 'number') return null
    return this.#listen(before.channel.id, async () => {
      const actor = await this.#panelOf(req)
      if (typeof actor === 'number') return null
      const { sessionId, role } = actor
      return { role: 'panel', account: { id: actor.account.id, sessionId, role }, client: seen(client) }
    })
  }

  /** At once, or late where its address has sent many. */
  #refuseKey(peer: SocketPeer, client: string): void {
    const late = this.#parts.wrongKeys.note(client)
    if (late === 0) peer.close(CLOSE.badKey)
    else setTimeout(() => peer.close(CLOSE.badKey), late).unref()
  }

  /**
   * `ask`: who it is now; null = nobody any more. Asked last, so that nobody comes in whose key was exchanged meanwhile. The channel stands
   * before they wait, and where it stands is looked up again, too: it may move.
   */
  async #listen(channelId: string, ask: () => Promise<Member | null>): Promise<Admitted> {
    const { hub, open } = this.#parts
    await open(channelId)
    const enter = async (): Promise<Welcome | null> => {
      const entry = await open(channelId)
      const member = await ask()
      return member === null ? null : (peer, { at }) => hub.join(entry, peer, member, at)
    }
    return { channelId, enter }
  }

  /** Waits for the first hello and admits it once; then welcomes again a peer that finds itself behind, and takes reports. */
  #seat(ws: WebSocket, socket: Duplex, admit: Admit, client: string): void {
    const { hub, previews, log, metrics } = this.#parts
    const reports = new Reports()
    const heardReport = (text: string) => {
      const report = seat.answered !== null && reports.enter() ? readReport(text) : null
      if (report === null) return peer.close(CLOSE.policy)
      // In its turn: after the welcome, which may still be on its way. How that fails is the hello's matter.
      const take = () => hub.reported(peer, report) || peer.close(CLOSE.policy)
      void seat.answered?.then(take, () => undefined)
    }
    const peer = new SocketPeer(ws, socket, {
      heard: (text) => {
        const hello = readHello(text)
        if (hello === null) return heardReport(text)
        clearTimeout(deadline)
        const answered = this.#answer(seat, hello)
        seat.answered ??= answered
        answered.catch((error: unknown) => {
          log.error({ err: error }, 'a socket could not be admitted')
          peer.close(CLOSE.restart)
        })
      },
      closed: () => {
        clearTimeout(deadline)
        hub.leave(peer)
        previews.leave(peer)
      },
      tooSlow: () => metrics.slowClosedTotal.inc(),
    })
    const seat: Seat = { peer, client, admit, hello: null, admitted: null, welcome: null, answered: null }
    const deadline = setTimeout(() => peer.close(CLOSE.noHello), HELLO_WITHIN_MS)
  }

  /** Of hellos that come while one waits to be answered, the newest is: whoever asks faster than they are welcomed is welcomed once. */
  async #answer(seat: Seat, hello: HeardHello): Promise<void> {
    const waits = seat.hello !== null
    seat.hello = hello
    if (waits) return
    seat.admitted ??= seat.admit(hello)
    const admitted = await seat.admitted
    if (admitted === null) return this.#refuseKey(seat.peer, seat.client)
    seat.welcome = await this.#parts.welcomes.ask(admitted.channelId, async () => seat.welcome ?? admitted.enter())
    const newest = seat.hello ?? hello
    seat.hello = null
    if (seat.welcome === null) this.#refuseKey(seat.peer, seat.client)
    else if (seat.peer.keepsUp()) seat.welcome(seat.peer, newest)
  }
}

/** A page learns why it was refused only from the code of a socket that was open. */
function turnAway(ws: WebSocket, socket: Duplex): void {
  new SocketPeer(ws, socket, { heard() {}, closed() {}, tooSlow() {} }).close(CLOSE.tooMany)
}

function seen(client: HeardHello['client']): Member['client'] {
  return { name: client.name ?? '', obs: client.obs ?? null, since: Date.now() }
}

/** The channel that a handshake names; null = their own. */
function channelIn({ url = '' }: IncomingMessage): string | null {
  const at = url.indexOf('?')
  return at === -1 ? null : new URLSearchParams(url.slice(at)).get('channel')
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  500: 'Internal Server Error',
}

/** Nothing else ends it: node has let go of it, and its other half may stay open for ever. */
function refuse(socket: Duplex, status: number): void {
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? 'Error'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
