import {
  type AtomicOps,
  bucketOf,
  CONTENDED,
  DIED,
  FREE,
  GROUND,
  type Ground,
  leaseClock,
  OWNER_MASK,
  WORD,
} from './layout.ts'

/**
 * Our own mutex over one Int32 word.
 *
 *   FREE ──tryLock──► me ──unlock──► FREE
 *                     │ a waiter adds CONTENDED; whoever unlocks a contended word wakes all
 *                     └─ owner's thread ended ──bury──► me|DIED|CONTENDED ──tryLock──► you, recovered
 *
 * Ownership ends by unlock or by certain death, by nothing else. A lease that has run out makes the owner suspect; the
 * supervisor then ends the thread (awaits `terminate()`), and only after that calls `bury`. Taking the lock from an owner
 * that may still run would break mutual exclusion: shared memory cannot be fenced against a late writer.
 *
 * This class never blocks; the thread that may block uses `BlockingMutex`.
 */
export class Mutex {
  protected readonly words: Int32Array
  protected readonly atomics: AtomicOps
  protected readonly owner: number
  protected readonly spins: number
  #since = 0

  /** `owner` must be unique to this party for the life of the memory: ids are never recycled. */
  constructor(words: Int32Array, owner: number, { atomics, spins }: Ground = GROUND) {
    if (!Number.isInteger(owner) || owner < 1 || owner > OWNER_MASK) {
      throw new RangeError(`An owner id is a whole number from 1 to ${OWNER_MASK}, got ${owner}.`)
    }
    this.words = words
    this.owner = owner
    this.atomics = atomics
    this.spins = spins
  }

  /** 'no': somebody holds it. 'recovered': taken over from a dead owner; what it guards must be repaired first. */
  tryLock(): 'no' | 'yes' | 'recovered' {
    return this.take(this.owner)
  }

  /** Gives the lock back and wakes whoever waits. Throws when this party does not hold it: that is a bug, never a fault. */
  unlock(): void {
    const { words, atomics } = this
    let word = atomics.load(words, WORD.lock)
    if ((word & OWNER_MASK) === this.owner) this.note(WORD.heldFor, performance.now() - this.#since)
    for (;;) {
      if ((word & OWNER_MASK) !== this.owner) throw new Error(`Owner ${this.owner} gave back a lock it does not hold.`)
      const before = atomics.compareExchange(words, WORD.lock, word, FREE)
      if (before === word) break
      word = before
    }
    if ((word & CONTENDED) !== 0) atomics.notify(words, WORD.lock)
  }

  /** Resolves when it is worth to try again. Marks the lock contended, so that the holder wakes us. */
  async released(): Promise<void> {
    const word = this.markContended()
    if (word === FREE) return
    const wait = this.atomics.waitAsync(this.words, WORD.lock, word)
    if (wait.async) await wait.value
  }

  /** Takes a free or dead lock with the given word (our id, with CONTENDED if others may wait beside us). */
  protected take(word: number): 'no' | 'yes' | 'recovered' {
    const taken = this.tryTake(word)
    if (taken === 'no') return taken
    this.#since = performance.now()
    this.count(WORD.holds)
    return taken
  }

  /** Counts up a word that only the holder of the lock writes: no atomic addition is needed. */
  protected count(word: number): void {
    this.words[word] = ((this.words[word] ?? 0) + 1) | 0
  }

  /** Notes a time in ms in a histogram; only while the lock is held. */
  protected note(histogram: number, ms: number): void {
    this.count(histogram + bucketOf(ms))
  }

  private tryTake(word: number): 'no' | 'yes' | 'recovered' {
    const { words, atomics } = this
    const before = atomics.compareExchange(words, WORD.lock, FREE, word)
    if (before === FREE) return 'yes'
    if ((before & DIED) === 0) return 'no'
    if (atomics.compareExchange(words, WORD.lock, before, word | CONTENDED) !== before) return 'no'
    atomics.add(words, WORD.generation, 1)
    return 'recovered'
  }

  /** The word as it stands once it is marked contended; FREE or a dead word needs no mark. */
  protected markContended(): number {
    const { words, atomics } = this
    for (;;) {
      const word = atomics.load(words, WORD.lock)
      if (word === FREE || (word & DIED) !== 0) return FREE
      if ((word & CONTENDED) !== 0) return word
      if (atomics.compareExchange(words, WORD.lock, word, word | CONTENDED) === word) return word | CONTENDED
    }
  }
}

/** How long a holder may hold before it is suspect. A batch is copied in well under a millisecond. */
export const LEASE_MS = 1_000
const FIRST_PAUSE_MS = 0.05
const LONGEST_PAUSE_MS = 1_000

/** For a thread that may block: never the main thread. */
export class BlockingMutex extends Mutex {
  /**
   * Waits until the lock is ours: spins a little, then sleeps on the word with growing pauses and jitter. A wake-up ends a
   * pause early, so a pause only bounds what a lost wake-up would cost.
   */
  lock(): 'yes' | 'recovered' {
    const taken = this.tryLock()
    const kept = taken === 'no' ? this.wait() : taken
    this.atomics.store(this.words, WORD.lease, (leaseClock() + LEASE_MS) | 0)
    return kept
  }

  private wait(): 'yes' | 'recovered' {
    const began = performance.now()
    let sleeps = 0
    let taken = this.spin()
    for (let pause = FIRST_PAUSE_MS; taken === 'no'; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const word = this.markContended()
      if (word !== FREE) this.atomics.wait(this.words, WORD.lock, word, pause * (0.5 + Math.random()))
      sleeps++
      // Others may still sleep beside us: take it as contended, so that our unlock wakes them.
      taken = this.take(this.owner | CONTENDED)
    }
    this.count(WORD.contended)
    for (; sleeps > 0; sleeps--) this.count(WORD.backoffs)
    this.note(WORD.waitedFor, performance.now() - began)
    return taken
  }

  private spin(): 'no' | 'yes' | 'recovered' {
    let taken: 'no' | 'yes' | 'recovered' = 'no'
    for (let spin = 0; spin < this.spins && taken === 'no'; spin++) taken = this.tryLock()
    return taken
  }
}

/**
 * The supervisor's word that the thread `dead` has ended for certain. Call it on every end of a thread, holder or not, and
 * always wake all: it may have died between the store that unlocked and the notify.
 * Returns whether the dead thread held the lock.
 */
export function bury(words: Int32Array, dead: number, { atomics }: Ground = GROUND): boolean {
  let held = false
  for (;;) {
    const word = atomics.load(words, WORD.lock)
    if ((word & OWNER_MASK) !== dead || (word & DIED) !== 0) break
    held = atomics.compareExchange(words, WORD.lock, word, word | DIED | CONTENDED) === word
    if (held) break
  }
  atomics.notify(words, WORD.lock)
  return held
}
