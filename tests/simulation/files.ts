import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { REMEMBERED_IDS } from '../../server/stores/archive.ts'
import { Archive } from '../../workers/archive/archive.ts'
import type { Calls } from '../../workers/archive/words.ts'
import type { Shelf } from './disk.ts'
import type { Kept } from './history.ts'

const PAGE = 1_000

/** The real archive, over files of its own. */
export class FileShelf implements Shelf {
  readonly #folder: string
  #archive: Archive

  private constructor(folder: string, archive: Archive) {
    this.#folder = folder
    this.#archive = archive
  }

  static async make(): Promise<FileShelf> {
    const folder = await mkdtemp(join(tmpdir(), 'crosschat-simulation-'))
    return new FileShelf(folder, await started(folder))
  }

  open(asks: Calls['open']['asks']): Promise<Calls['open']['gives']> {
    return this.#archive.open(asks)
  }
  append(asks: Calls['append']['asks']): Promise<Calls['append']['gives']> {
    return this.#archive.append(asks)
  }
  gap(asks: Calls['gap']['asks']): Promise<Calls['gap']['gives']> {
    return this.#archive.gap(asks)
  }
  recent(asks: Calls['recent']['asks']): Promise<Calls['recent']['gives']> {
    return this.#archive.recent(asks)
  }
  end(asks: Calls['end']['asks']): Promise<Calls['end']['gives']> {
    return this.#archive.end(asks)
  }

  async transcript(streamId: string): Promise<Kept[]> {
    const kept: Kept[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const asks = { streamId, limit: PAGE, cursor: cursor === '' ? null : cursor, filter: {} }
      const page: Calls['page']['gives'] = await this.#archive.page(asks)
      kept.push(...page.items.map((each) => (each.kind === 'gap' ? { gap: each.count } : { id: each.id })))
      cursor = page.next
    }
    return kept
  }

  /** The one before is not closed: whoever is killed closes nothing. */
  async reopen(): Promise<void> {
    this.#archive = await started(this.#folder)
  }

  async close(): Promise<void> {
    await this.#archive.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function started(folder: string): Promise<Archive> {
  return Archive.start({ folder, remembered: REMEMBERED_IDS, keepFree: 0 }, () => {})
}
