import { CONTENDED, DIED, FREE, OWNER_MASK, WORD } from '../../workers/queue/layout.ts'
import { BlockingMutex, bury } from '../../workers/queue/mutex.ts'
import type { Variant } from './mutex-model.ts'
import type { ModelGround } from './steps.ts'

/** Tempting ways to build the same thing, each of which is wrong; the checker must find out why. */

/** Takes the lock from a live owner whose lease has run out. Whether it has is a matter of time: both are tried. */
export const stealing: Variant = { mutex: (ground, owner) => new Thief(ground, owner) }

class Thief extends BlockingMutex {
  readonly #ground: ModelGround
  constructor(ground: ModelGround, owner: number) {
    super(ground.words, owner, ground)
    this.#ground = ground
  }
  protected override take(own: number): 'no' | 'yes' | 'recovered' {
    const taken = super.take(own)
    if (taken !== 'no') return taken
    const held = this.atomics.load(this.words, WORD.lock)
    if (held === FREE || this.#ground.choose('the lease has run out') !== 'now') return 'no'
    return this.atomics.compareExchange(this.words, WORD.lock, held, own | CONTENDED) === held ? 'recovered' : 'no'
  }
  /** A robbed owner looks whether it still owns the lock before it gives it back; that does not help. */
  override unlock(): void {
    if ((this.atomics.load(this.words, WORD.lock) & OWNER_MASK) === this.owner) super.unlock()
  }
}

/** Wakes the waiters only when the dead thread held the lock. */
export const wakingOnlyForOwners: Variant = {
  bury(ground, dead) {
    const held = ground.atomics.load(ground.words, WORD.lock)
    if ((held & OWNER_MASK) === dead && (held & DIED) === 0) bury(ground.words, dead, ground)
  },
}

/** Marks the dead owner and wakes nobody. */
export const wakingNobody: Variant = {
  bury(ground, dead) {
    const silent: ModelGround = { ...ground, atomics: { ...ground.atomics, notify: () => 0 } }
    bury(ground.words, dead, silent)
  },
}
