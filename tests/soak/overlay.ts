import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from '../../scripts/build.ts'
import { ROOT } from '../../scripts/child.ts'
import type { FromPage, ToPage } from '../bench/overlay-words.ts'
import { type Engine, engines } from '../help/browsers.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { startServer, temporaryData } from '../help/server.ts'

/** The real page in both of OBS's engines under an even flow, for as long as one likes: what lives after a collection, minute by minute. */

const PER_SECOND = 50
const TICK_MS = 200
const MINUTE_MS = 60_000
/** The first minutes fill caches; growth is counted from here on. */
const WARM_UP_MINUTES = 2
/** What may lie between two collections that found the same. */
const FLAT_BYTES = 2_000_000
const FLAT_NODES = 500

interface Heap {
  bytes: number
  nodes: number
}

/** True when neither heap nor nodes of any page grew. Prints a line a minute. */
export async function soakOverlay(minutes: number): Promise<boolean> {
  await build()
  const data = await temporaryData()
  const server = await startServer({ dataDir: data.path })
  const panel = await Panel.register(server.base, 'soaked_streamer')
  const { url } = await panel.overlay()
  const pages = await Promise.all(engines.map((engine) => Page.open(engine, url)))
  const flow = new Flow(panel)
  const first: Heap[] = []
  let flat = true
  for (let minute = 1; minute <= minutes; minute++) {
    await sleep(MINUTE_MS)
    for (const [index, page] of pages.entries()) {
      const heap = await page.heap()
      if (minute <= WARM_UP_MINUTES) first[index] = heap
      else flat &&= isFlat(first[index] ?? heap, heap)
      console.log(`${String(minute).padStart(3)} min, ${page.engine}: ${words(heap)}, ${flow.sent} messages so far`)
    }
  }
  flow.stop()
  for (const page of pages) page.close()
  await server.end()
  await data.remove()
  return flat
}

function isFlat(first: Heap, now: Heap): boolean {
  return now.bytes - first.bytes < FLAT_BYTES && now.nodes - first.nodes < FLAT_NODES
}

function words({ bytes, nodes }: Heap): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB live, ${nodes} nodes`
}

/** Messages at an even pace; one that is refused is not sent again. */
class Flow {
  sent = 0
  readonly #timer: NodeJS.Timeout

  constructor(panel: Panel) {
    const each = (PER_SECOND * TICK_MS) / 1_000
    this.#timer = setInterval(() => {
      const lines = Array.from({ length: each }, () =>
        ircLine(`soak-${++this.sent}`, `message ${this.sent} of a long evening`),
      )
      void panel.pushLines(lines).catch((error: unknown) => console.log(String(error)))
    }, TICK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** The process that has one page. */
class Page {
  readonly engine: Engine
  readonly #process: ReturnType<typeof fork>

  private constructor(engine: Engine, process: ReturnType<typeof fork>) {
    this.engine = engine
    this.#process = process
  }

  static async open(engine: Engine, url: string): Promise<Page> {
    const child = fork(join(ROOT, 'tests', 'bench', 'overlay-page.ts'), [engine, url], {
      execArgv: ['--import', 'tsx'],
    })
    await once(child, 'message')
    return new Page(engine, child)
  }

  async heap(): Promise<Heap> {
    const answer = once(this.#process, 'message') as Promise<[Extract<FromPage, { type: 'heap' }>]>
    this.#process.send({ type: 'heap' } satisfies ToPage)
    return (await answer)[0]
  }

  close(): void {
    this.#process.disconnect()
  }
}
