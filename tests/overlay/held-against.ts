import * as assert from 'uvu/assert'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { openEngine, openPage } from '../help/browsers.ts'
import { tell } from '../help/tell.ts'
import type { Area } from './canvas.ts'
import { EVERYTHING, readContrast, spots } from './contrast.ts'
import { StandIn } from './stand-in.ts'

/** What has to hold in every picture: words that can be read, and nothing beyond the edge. */

/** WCAG 1.4.3. */
const READABLE = 4.5

export interface Parts {
  engine: Engine
  browser: Browser
  server: StandIn
  /** To compare pictures in. */
  blank: Page
}

export async function withParts(engine: Engine, look: (parts: Parts) => Promise<void>): Promise<void> {
  const server = await StandIn.start()
  const browser = await openEngine(engine)
  try {
    server.names = ['cool_channel']
    const blank = await openPage(browser)
    await blank.goto('about:blank')
    await look({ engine, browser, server, blank })
  } finally {
    await browser.close()
    await server.close()
  }
}

/** The least contrast of each theme, and all that is too little. */
export class Contrasts {
  readonly #least = new Map<string, { contrast: number; where: string }>()
  readonly #faint: string[] = []

  async read(page: Page, blank: Page, theme: string, place: string, shown: Buffer, clip?: Area): Promise<void> {
    for (const { what, contrast } of await readContrast(page, blank, shown, clip)) {
      const where = `${what} over ${place}`
      if (contrast < READABLE) this.#faint.push(`${theme}: ${where} has ${contrast.toFixed(2)}`)
      if (contrast < (this.#least.get(theme)?.contrast ?? Infinity)) this.#least.set(theme, { contrast, where })
    }
  }

  judge(of: string): void {
    for (const [theme, { contrast, where }] of this.#least)
      tell(`${of} ${theme}: least contrast ${contrast.toFixed(1)}, ${where}`)
    assert.equal(this.#faint, [])
  }
}

export async function keepsTheEdge(
  page: Page,
  theme: string,
  side: number,
  end: number,
  bottomEdge = end,
): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  for (const { what, left, right, bottom } of await page.evaluate(spots, EVERYTHING)) {
    const inside = left >= side - 1 && right <= width - side + 1 && bottom <= height - bottomEdge + 1
    assert.ok(inside, `${theme}: ${what} at ${[left, right, bottom]} of ${width}×${height}`)
  }
}
