import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A disk whose every write and sync takes half a second, as tests have it (`tests/help/faulty-disk.mjs`), under a process of a bench. */
export class SlowDisk {
  readonly flags = ['--import', join(process.cwd(), 'tests', 'help', 'faulty-disk.mjs')]
  readonly env: Record<string, string>
  readonly #control: string

  /** `folder` is the bench's own. */
  constructor(folder: string) {
    this.#control = join(folder, 'disk')
    this.env = { FAULTY_DISK: this.#control, DATA_DIR: join(folder, 'on-a-slow-disk') }
    this.well()
  }

  slow(): void {
    writeFileSync(this.#control, 'slow')
  }

  well(): void {
    writeFileSync(this.#control, 'well')
  }
}
