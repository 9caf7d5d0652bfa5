import { Pace } from '../../backoff.ts'
import type { Connector, Ears, Following, Ground, SourceOrder } from '../platform.ts'
import { Link } from './irc-link.ts'
import { Room } from './irc-room.ts'

/** A new connection at most every so many ms, over all of them. */
export const OPEN_EVERY_MS = 2_000
/** A channel that nobody follows any more is kept for a moment: mostly its settings changed, and it is followed again at once. */
const LINGER_MS = 1_000

interface Place {
  room: Room
  link: Link
}

/** Reads Twitch chat without an account: few connections for all channels, and each channel once, however many follow it. */
export function connector(ground: Ground): Connector {
  return new Irc(ground)
}

class Irc implements Connector {
  readonly #ground: Ground
  readonly #openings: Pace
  readonly #places = new Map<string, Place>()
  readonly #links = new Set<Link>()
  readonly #lingering = new Set<NodeJS.Timeout>()

  constructor(ground: Ground) {
    this.#ground = ground
    this.#openings = new Pace(1, ground.ms(OPEN_EVERY_MS))
  }

  follow({ name }: SourceOrder, ears: Ears): Following {
    const place = this.#places.get(name) ?? this.#settle(name)
    place.room.add(ears)
    return {
      stop: () => {
        place.room.remove(ears)
        if (place.room.empty) this.#linger(place)
      },
      retry: () => place.link.retry(place.room),
    }
  }

  close(): void {
    for (const timer of this.#lingering) clearTimeout(timer)
    this.#openings.stop()
    for (const link of this.#links) link.close()
    this.#links.clear()
    this.#places.clear()
  }

  #settle(login: string): Place {
    const link = [...this.#links].find(({ full }) => !full) ?? new Link(this.#ground, this.#openings)
    this.#links.add(link)
    const place = { room: new Room(login, () => this.#ground.steady()), link }
    this.#places.set(login, place)
    link.add(place.room)
    return place
  }

  #linger(place: Place): void {
    const timer = setTimeout(() => {
      this.#lingering.delete(timer)
      if (place.room.empty) this.#leave(place)
    }, this.#ground.ms(LINGER_MS))
    this.#lingering.add(timer)
  }

  #leave(place: Place): void {
    const { room, link } = place
    if (this.#places.get(room.login) !== place) return
    this.#places.delete(room.login)
    link.remove(room)
    if (!link.empty) return
    link.close()
    this.#links.delete(link)
  }
}
