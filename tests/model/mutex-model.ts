import { WORD } from '../../workers/queue/layout.ts'
import { BlockingMutex, bury, Mutex } from '../../workers/queue/mutex.ts'
import { ended, live, type Model, type State, word } from './explore.ts'
import { type ModelGround, Party } from './steps.ts'

/** Parties that take turns with the lock: threads that may block, a main thread that may not, and a supervisor. */

export interface Variant {
  mutex?: (ground: ModelGround, owner: number) => Pick<BlockingMutex, 'lock' | 'unlock'>
  bury?: (ground: ModelGround, dead: number) => void
}

const ROUNDS = 2
const SUPERVISOR = 'a death: '

/** A thread that may block. */
function blocker(owner: number, rounds: number, variant: Variant): Party {
  return new Party(`thread ${owner}`, async (ground) => {
    const mutex = variant.mutex?.(ground, owner) ?? new BlockingMutex(ground.words, owner, ground)
    for (let round = 1; round <= rounds; round++) {
      ground.mark(`begins round ${round}`)
      mutex.lock()
      ground.mark(`enters in round ${round}`)
      ground.mark(`leaves in round ${round}`)
      mutex.unlock()
    }
    ground.mark('is done')
  })
}

/** The main thread: tries, and waits without blocking. */
function trier(owner: number, rounds: number): Party {
  return new Party('main', async (ground) => {
    const mutex = new Mutex(ground.words, owner, ground)
    for (let round = 1; round <= rounds; round++) {
      ground.mark(`begins round ${round}`)
      for (let tries = 0; mutex.tryLock() === 'no'; tries = 1 - tries) {
        await mutex.released().catch(() => {})
        ground.mark(`tries again in round ${round}`)
      }
      ground.mark(`enters in round ${round}`)
      ground.mark(`leaves in round ${round}`)
      mutex.unlock()
    }
    ground.mark('is done')
  })
}

/** Buries each of the dead once it knows of the death. */
function supervisor(deaths: number, variant: Variant): Party {
  return new Party('supervisor', async (ground) => {
    for (let death = 1; death <= deaths; death++) {
      const dead = ground.until(`${SUPERVISOR}${death}`)
      if (dead === 'none') return
      ground.mark(`buries ${dead} as death ${death}`)
      if (variant.bury !== undefined) variant.bury(ground, Number(dead))
      else bury(ground.words, Number(dead), ground)
      ground.mark(`has buried ${dead}`)
    }
  })
}

export interface MutexOptions {
  name: string
  threads: number
  main: boolean
  deaths: number
  /** Nobody recovers from a death. */
  unsupervised?: boolean
  variant?: Variant
  rounds?: number
}

export function mutexModel({
  name,
  threads,
  main,
  deaths,
  unsupervised,
  variant = {},
  rounds = ROUNDS,
}: MutexOptions): Model {
  const blockers = Array.from({ length: threads }, (_, index) => blocker(index + 1, rounds, variant))
  const parties = [...blockers, ...(main ? [trier(threads + 1, rounds)] : [])]
  const workers = parties.length
  if (deaths > 0 && !unsupervised) parties.push(supervisor(deaths, variant))
  return {
    name,
    parties,
    deaths,
    mortal: parties.map((_, party) => party < threads),
    open: (label, state) => (label.startsWith(SUPERVISOR) ? burials(state, workers) : ['now', 'later']),
    wrong: (state) => (inside(state) > 1 ? 'two are inside at once' : null),
    wrongAtEnd: (state) => (word(state, WORD.lock) === 0 || !live(state, 0) ? null : leftHeld(state)),
  }
}

/** The dead that were not buried yet; or none any more, once all who live have ended. */
function burials(state: State, workers: number): string[] {
  const everybody = Array.from({ length: workers }, (_, party) => party)
  const buried = state.locals.at(-1)?.history.filter((result) => typeof result === 'string') ?? []
  const waiting = everybody.filter((party) => !live(state, party) && !buried.includes(String(party + 1)))
  if (waiting.length > 0) return waiting.map((party) => String(party + 1))
  return everybody.every((party) => !live(state, party) || ended(state, party)) ? ['none'] : []
}

function inside(state: State): number {
  return Object.keys(state.facts).filter((fact) => fact.startsWith('inside')).length
}

function leftHeld(state: State): string | null {
  return Object.keys(state.facts).some((fact) => fact.startsWith('dead')) ? null : 'the lock is left held'
}
