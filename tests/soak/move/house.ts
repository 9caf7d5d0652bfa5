import type { Postgres } from '../../help/postgres.ts'
import { startServer } from '../../help/server.ts'
import type { Installation } from './installation.ts'
import { amid, type Moved, momentsToKill, runMove } from './mover.ts'

const RESTARTED_AT = 0.6
const MIB = 1_048_576
/** The machine may be busy with other things. */
const READY_WITHIN_MS = 300_000

/** What befalls a move, and what is expected of it then. */
export class House {
  readonly moves: Moved[] = []
  readonly faults: string[] = []
  readonly #dataDir: string
  readonly #postgres: Postgres
  readonly #tell: (line: string) => void

  constructor({ dataDir }: Installation, postgres: Postgres, tell: (line: string) => void) {
    this.#dataDir = dataDir
    this.#postgres = postgres
    this.#tell = tell
  }

  /** A server runs on the folder: nothing may be moved out of it. */
  async refusedInUse(to: string): Promise<void> {
    const server = await startServer({
      dataDir: this.#dataDir,
      env: { CROSSCHAT_LOG: 'error' },
      readyWithinMs: READY_WITHIN_MS,
    })
    const move = await this.#run('while a server uses the folder', runMove(this.#dataDir, to))
    await server.end()
    this.#expect(move, 1, /is in use by the process \d+\. Stop it/)
  }

  async killed(to: string, kills: number, longestMs: number, random: () => number): Promise<void> {
    for (const moment of momentsToKill(kills, longestMs, random)) {
      const { name, afterMs } = moment
      const move = await this.#run(`killed ${name}, ${afterMs} ms later`, runMove(this.#dataDir, to, moment))
      // One that was quicker than its end has come to it.
      if (move.signal !== 'SIGKILL') this.#expect(move, 0, /every count and sum agrees/)
    }
  }

  /** The database ends under it, and is there again for the next one. */
  async restarted(to: string): Promise<void> {
    const crash = () => this.#postgres.crash()
    const move = await this.#run('PostgreSQL ends', runMove(this.#dataDir, to, amid(RESTARTED_AT, 0), crash))
    this.#expect(move, 1, /The move has broken off\. .*Run crosschat move again/)
    await this.#postgres.start()
  }

  async wholly(to: string): Promise<Moved> {
    const move = await this.#run('to its end', runMove(this.#dataDir, to))
    this.#expect(move, 0, /every count and sum agrees/)
    return move
  }

  async #run(what: string, running: Promise<Moved>): Promise<Moved> {
    const move = await running
    this.moves.push(move)
    const { code, signal, tookMs, peak } = move
    const ended = signal ?? `ends with ${code}`
    this.#tell(`  ${what}: ${ended} after ${(tookMs / 1_000).toFixed(1)} s, at most ${Math.round(peak / MIB)} MiB`)
    return move
  }

  #expect({ code, said }: Moved, wanted: number, words: RegExp): void {
    if (code !== wanted || !words.test(said))
      this.faults.push(`a move ended with ${code} and said: ${said.slice(-500)}`)
  }
}
