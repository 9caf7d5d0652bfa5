import { authorMark, fingerprint } from '../../workers/fingerprint.ts'
import { KINDS } from '../../workers/message.ts'
import { FLAG } from '../../workers/queue/record.ts'
import type { Log } from '../log.ts'
import type { Slice, SliceEvent } from '../slice.ts'
import { isBare, type Stage, type Stages } from '../stores/moderation.ts'

const REMOVE = KINDS.indexOf('remove')
const CLEAR = KINDS.indexOf('clear')
const BARE: Stage = { panic: false, slow: false, featured: null }

export interface StageEnds {
  store: Stages
  /** Ids of the platforms in the order of the register: records name a platform by its place in it, from 1. */
  platforms(): { id: string }[]
  log: Log
}

/**
 * What stands on each channel's picture besides its chat. It holds and is told at once, whatever the disk says: a picture
 * that must be empty does not wait. It is kept, so that a restart changes nothing.
 */
export class StageHands {
  readonly #ends: StageEnds
  readonly #stages: Map<string, Stage>
  /** Told what is new on a channel's stage. */
  onChange: (channelId: string, change: Partial<Stage>) => void = () => {}

  private constructor(ends: StageEnds, stages: Map<string, Stage>) {
    this.#ends = ends
    this.#stages = stages
  }

  static async open(ends: StageEnds): Promise<StageHands> {
    return new StageHands(ends, await ends.store.all())
  }

  /** As it is kept: another node may have changed it. */
  async takeUp(channelId: string): Promise<void> {
    const stage = (await this.#ends.store.all()).get(channelId)
    if (stage === undefined) this.#stages.delete(channelId)
    else this.#stages.set(channelId, stage)
    this.onChange(channelId, this.of(channelId))
  }

  of(channelId: string): Stage {
    return this.#stages.get(channelId) ?? BARE
  }

  async feature(channelId: string, featured: Stage['featured']): Promise<void> {
    await this.#set(channelId, { featured })
  }

  async panic(channelId: string, panic: boolean): Promise<void> {
    await this.#set(channelId, { panic })
  }

  async slow(channelId: string, slow: boolean): Promise<void> {
    await this.#set(channelId, { slow })
  }

  /** What is taken away is featured no longer. */
  take(slice: Slice): void {
    const featured = this.#stages.get(slice.channelId)?.featured
    if (!featured || !slice.events.some((event) => this.#takesAway(event, featured))) return
    void this.#set(slice.channelId, { featured: null })
  }

  #takesAway({ kind, platform, target, flags }: SliceEvent, featured: NonNullable<Stage['featured']>): boolean {
    if (kind === CLEAR) return platform === 0 || this.#ends.platforms()[platform - 1]?.id === featured.platform
    if (kind !== REMOVE) return false
    if ((flags & FLAG.byAuthor) === 0) return target === fingerprint(featured.id)
    const { author } = featured
    return author !== undefined && target === authorMark(featured.platform, author.id)
  }

  async #set(channelId: string, change: Partial<Stage>): Promise<void> {
    const stage = { ...this.of(channelId), ...change }
    if (isBare(stage)) this.#stages.delete(channelId)
    else this.#stages.set(channelId, stage)
    this.onChange(channelId, change)
    try {
      await this.#ends.store.put(channelId, stage)
    } catch (error) {
      this.#ends.log.error(
        { err: error, channelId },
        'the stage of a channel could not be kept; a restart will forget it',
      )
    }
  }
}
