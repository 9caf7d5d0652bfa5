import type { Facts, SourceOrder, SourceState } from '../../../../workers/followed.ts'
import type { Draft } from '../../../../workers/message.ts'
import { kick as platform } from '../../../../workers/platforms/kick/index.ts'
import { BadPayload, type Connector, type Following, type Ground } from '../../../../workers/platforms/platform.ts'
import { Source } from '../../../../workers/source.ts'
import type { Kick } from '../../../help/stand-ins/kick.ts'

/** Waits towards Kick are so much shorter in these tests. */
export const HASTE = 20

export function groundOf(kick: Kick): Ground {
  return {
    settings: {
      kickSocketUrl: kick.env.CROSSCHAT_KICK_SOCKET_URL ?? '',
      kickRealtimeUrl: kick.env.CROSSCHAT_KICK_REALTIME_URL ?? '',
      kickPublicKeyUrl: kick.env.CROSSCHAT_KICK_PUBLIC_KEY_URL ?? '',
      kickChannelUrl: kick.env.CROSSCHAT_KICK_CHANNEL_URL ?? '',
    },
    ms: (ms) => Math.ceil(ms / HASTE),
    now: Date.now,
    steady: () => performance.now(),
    random: Math.random,
  }
}

/** A followed channel with all that its connector tells of it, and what the line would make of its payloads. */
export class Followed {
  readonly source: Source
  readonly events: Draft[] = []
  readonly gaps: [from: number, to: number][] = []
  readonly states: SourceState[] = []
  duplicates = 0
  /** While there is one, the line takes no more. */
  room: Promise<void> | null = null
  following: Following = { stop() {}, retry() {} }
  readonly #seen = new Set<string>()
  #waiting: (() => void)[] = []

  private constructor(order: SourceOrder) {
    this.source = new Source(order, {
      now: Date.now,
      bring: (_, body, headers) => this.#bring(body, headers),
      room: () => this.room ?? Promise.resolve(),
      changed: ({ report }) => {
        if (this.states.at(-1) !== report.state) this.states.push(report.state)
        this.#wake()
      },
      learnt: () => this.#wake(),
      gap: (_, from, to) => this.gaps.push([from, to]),
      broadcast: () => {},
    })
  }

  static start(connector: Connector, order: Partial<SourceOrder> = {}): Followed {
    const whole = {
      channel: 1,
      platform: 'kick',
      number: 1,
      name: 'cool-channel',
      options: { socket: 'yes' },
      facts: {},
      leftAt: null,
      ...order,
    }
    const followed = new Followed(whole)
    followed.following = connector.follow(whole, followed.source)
    return followed
  }

  get texts(): string[] {
    return this.events.flatMap((event) => (event.kind === 'message' ? [event.text] : []))
  }

  get facts(): Facts {
    return this.source.facts
  }

  /** Resolves when the condition holds; looks again whenever something changed. */
  async until(holds: () => boolean, withinMs = 15_000): Promise<void> {
    const deadline = Date.now() + withinMs
    while (!holds()) {
      const left = deadline - Date.now()
      if (left <= 0) throw new Error(`Waited in vain: ${JSON.stringify([this.source.report, this.states, this.texts])}`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  state(state: SourceState): Promise<void> {
    return this.until(() => this.source.report.state === state)
  }

  #bring(body: string, headers: Parameters<typeof platform.read>[1]) {
    let accepted = 0
    let duplicates = 0
    for (const event of draftsOf(body, headers)) {
      if (this.#seen.has(event.id)) duplicates++
      else {
        this.#seen.add(event.id)
        this.events.push(event)
        accepted++
      }
    }
    this.duplicates += duplicates
    queueMicrotask(() => this.#wake())
    return { accepted, duplicates, seq: this.events.length, full: this.room !== null }
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

let deliveries = 0

function draftsOf(body: string, headers: Parameters<typeof platform.read>[1]): Draft[] {
  const context = { receivedAt: Date.now(), delivery: `d-${++deliveries}` }
  try {
    return platform.read(body, headers).flatMap((payload) => platform.normalise(payload, context).events)
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error
    return []
  }
}
