import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { themes } from '../../server/look.ts'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { tell } from '../help/tell.ts'
import { type Area, eachScene } from './canvas.ts'
import { EVERYTHING, readContrast, spots } from './contrast.ts'
import { softEdges } from './key-edges.ts'
import { compose, eachPicture } from './sheet.ts'
import { StandIn } from './stand-in.ts'

/**
 * Eight themes over night, confetti and snow, in both engines, beside a game and over the whole of it: measured, and put
 * together to be looked at. With CROSSCHAT_SHEETS=all every act of the whole canvas is seen over every backdrop.
 */

/** WCAG 1.4.3. */
const READABLE = 4.5
const EDGE_PX = 24
/** Of the bar that a ticker is in a small box. */
const BAR_EDGE_PX = 8
/** EBU R 95: graphics keep 5 % free. */
const SAFE = 0.05
const test = suite('overlay/pictures')

for (const engine of engines) {
  test(`can be read over any picture, inside the edge, in Chromium ${engine}`, () => withParts(engine, besideTheGame))
  test(`can be read over the whole canvas, inside the safe area, in Chromium ${engine}`, () =>
    withParts(engine, overTheWhole))
}

test.run()

interface Parts {
  engine: Engine
  browser: Browser
  server: StandIn
  /** To compare pictures in. */
  blank: Page
}

async function withParts(engine: Engine, look: (parts: Parts) => Promise<void>): Promise<void> {
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

async function besideTheGame({ engine, browser, server, blank }: Parts): Promise<void> {
  const measured = new Contrasts()
  const cells = await eachPicture(browser, server, async (page, { theme, backdrop, picture }) => {
    await keepsTheEdge(page, theme, EDGE_PX, EDGE_PX, theme === 'ticker' ? BAR_EDGE_PX : EDGE_PX)
    await measured.read(page, blank, theme, backdrop, picture)
  })
  tell(`to be looked at: ${await compose(browser, `themes-${engine}`, byBackdrop(cells), 0.42)}`)
  measured.judge(engine)
}

async function overTheWhole({ engine, browser, server, blank }: Parts): Promise<void> {
  const measured = new Contrasts()
  const all = process.env.CROSSCHAT_SHEETS === 'all'
  const rows = await eachScene(browser, server, all, async (page, { theme, act, backdrop, area, picture }) => {
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    await keepsTheEdge(page, theme, width * SAFE, height * SAFE)
    await measured.read(page, blank, theme, `${act} ${backdrop}`, picture, area)
    if (theme === 'chroma') assert.equal(await blank.evaluate(softEdges, picture.toString('base64')), [])
  })
  for (const [i, row] of rows.entries()) {
    const name = `canvas-${themes()[i]}-${engine}`
    tell(`to be looked at: ${await compose(browser, name, all ? byBackdrop(row) : [picturesOf(row)], 0.75)}`)
  }
  measured.judge(`canvas ${engine}`)
}

const picturesOf = (cells: readonly { picture: Buffer }[]) => cells.map(({ picture }) => picture)

/** A row for each backdrop that there is. */
function byBackdrop(cells: readonly { backdrop: string; picture: Buffer }[]): Buffer[][] {
  const seen = [...new Set(cells.map(({ backdrop }) => backdrop))]
  return seen.map((backdrop) => picturesOf(cells.filter((cell) => cell.backdrop === backdrop)))
}

/** The least contrast of each theme, and all that is too little. */
class Contrasts {
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

async function keepsTheEdge(page: Page, theme: string, side: number, end: number, bottomEdge = end): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  for (const { what, left, right, bottom } of await page.evaluate(spots, EVERYTHING)) {
    const inside = left >= side - 1 && right <= width - side + 1 && bottom <= height - bottomEdge + 1
    assert.ok(inside, `${theme}: ${what} at ${[left, right, bottom]} of ${width}×${height}`)
  }
}
