import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type RunningServer, startServer } from './server.ts'

const PRELOAD = new URL('./faulty-disk.mjs', import.meta.url).href

/** A server on a disk that can be said to be full, or slow; `control` is the file that says it, outside its data. */
export class FaultyDisk {
  readonly #control: string

  constructor(folder: string) {
    this.#control = join(folder, 'disk')
    this.is('well')
  }

  /** From the next file operation on. `brim`: full, and nobody has noticed. */
  is(state: 'well' | 'full' | 'brim' | 'slow'): void {
    writeFileSync(this.#control, state)
  }

  start(dataDir: string): Promise<RunningServer> {
    return startServer({
      dataDir,
      env: { NODE_OPTIONS: `--import=${PRELOAD}`, FAULTY_DISK: this.#control },
    })
  }
}
