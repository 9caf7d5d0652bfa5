import type { ServerFrame } from '../protocol.ts'
import type { Audience, Member } from './audience.ts'
import { type Channel, encode, type Peer } from './channel.ts'
import { discreet } from './discreet.ts'

export type StatusFrame = Extract<ServerFrame, { type: 'status' }>

/** Tells whoever runs a channel how it is: at once when they join, and after a change, a few times a second at most. */
export class StatusBoard {
  readonly #audience: Audience
  readonly #make: (channel: Channel) => StatusFrame
  readonly #stale = new Set<string>()

  constructor(audience: Audience, make: (channel: Channel) => StatusFrame) {
    this.#audience = audience
    this.#make = make
  }

  changed(channelId: string): void {
    this.#stale.add(channelId)
  }

  /** Overlays are told nothing: they are what it is about. */
  welcome(peer: Peer, member: Member, channel: Channel): void {
    if (isOwner(member)) peer.send(encode(this.#make(channel)))
    else if (member.role !== 'overlay') peer.send(encode(forHelpers(this.#make(channel))))
    else this.changed(channel.id)
  }

  tell(channels: ReadonlyMap<string, Channel>): void {
    for (const id of this.#stale) {
      const channel = channels.get(id)
      // What nobody looks at is not even made.
      if (channel === undefined || !this.#watched(channel)) continue
      const status = this.#make(channel)
      channel.tell(status, this.#isOwner)
      channel.tell(forHelpers(status), this.#isHelper)
    }
    this.#stale.clear()
  }

  readonly #isOwner = (peer: Peer): boolean => isOwner(this.#audience.of(peer))
  readonly #isHelper = (peer: Peer): boolean => {
    const member = this.#audience.of(peer)
    return member !== undefined && member.role !== 'overlay' && !isOwner(member)
  }

  #watched({ peers }: Channel): boolean {
    for (const peer of peers) if (this.#isOwner(peer) || this.#isHelper(peer)) return true
    return false
  }
}

/** The panel of whoever owns the channel. */
function isOwner(member: Member | undefined): boolean {
  return member?.account?.role === 'owner'
}

/** For docks, which are handed to moderators, and for the panels of members. */
function forHelpers(status: StatusFrame): StatusFrame {
  return { ...status, sources: discreet(status.sources) }
}
