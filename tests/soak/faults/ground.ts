import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Room for a server's data beside what must stay free on its disk. */
const DISK_MIB = 160
const BLOCK = Buffer.alloc(1024 * 1024)

/** Where data folders lie. Where it may be mounted, it is a disk of its own, so small that it can be filled. */
export class Ground {
  readonly path: string
  /** It can be filled. */
  readonly small: boolean
  readonly #remove = () => this.#free()

  private constructor(path: string, small: boolean) {
    this.path = path
    this.small = small
    process.once('exit', this.#remove)
  }

  static async make({ small }: { small: boolean }): Promise<Ground> {
    const path = await mkdtemp(join(tmpdir(), 'crosschat-soak-'))
    const mounted = small && run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m,mode=0700`, 'crosschat-soak', path])
    return new Ground(path, mounted)
  }

  /** Takes all the room that is left. */
  async fill(): Promise<void> {
    const file = await open(this.#ballast, 'w')
    try {
      for (;;) await file.write(BLOCK)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    } finally {
      await file.close()
    }
  }

  async clear(): Promise<void> {
    await rm(this.#ballast, { force: true })
  }

  remove(): void {
    process.off('exit', this.#remove)
    this.#free()
  }

  get #ballast(): string {
    return join(this.path, 'ballast')
  }

  #free(): void {
    // Lazily: a server that was just killed may still hold a file.
    if (this.small) run('umount', ['-l', this.path])
    rmSync(this.path, { recursive: true, force: true })
  }
}

function run(command: string, words: string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0
}
