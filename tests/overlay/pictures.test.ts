import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { tell } from '../help/tell.ts'
import { readContrast, spots } from './contrast.ts'
import { type Cell, compose, eachPicture } from './sheet.ts'
import { StandIn } from './stand-in.ts'

/** Eight themes over night, confetti and snow, in both engines: measured, and put together to be looked at. */

/** WCAG 1.4.3. */
const READABLE = 4.5
const EDGE_PX = 24
const test = suite('overlay/pictures')

for (const engine of engines)
  test(`can be read over any picture, inside the edge, in Chromium ${engine}`, () => look(engine))

test.run()

async function look(engine: Engine): Promise<void> {
  const server = await StandIn.start()
  const browser = await openEngine(engine)
  try {
    await measureAll(engine, browser, server)
  } finally {
    await browser.close()
    await server.close()
  }
}

async function measureAll(engine: Engine, browser: Browser, server: StandIn): Promise<void> {
  const blank = await openPage(browser)
  await blank.goto('about:blank')
  const least = new Map<string, { contrast: number; where: string }>()
  const faint: string[] = []
  const measure = async (page: Page, { theme, backdrop }: Cell) => {
    await keepsTheEdge(page, theme)
    for (const { what, contrast } of await readContrast(page, blank)) {
      const where = `${what} over ${backdrop}`
      if (contrast < READABLE) faint.push(`${theme}: ${where} has ${contrast.toFixed(2)}`)
      if (contrast < (least.get(theme)?.contrast ?? Infinity)) least.set(theme, { contrast, where })
    }
  }
  const cells = await eachPicture(browser, server, measure)
  for (const [theme, { contrast, where }] of least)
    tell(`${engine} ${theme}: least contrast ${contrast.toFixed(1)}, ${where}`)
  tell(`to be looked at: ${await compose(browser, cells, engine, 0.42)}`)
  assert.equal(faint, [])
}

async function keepsTheEdge(page: Page, theme: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  for (const { what, left, right, bottom } of await page.evaluate(spots)) {
    const inside =
      left >= EDGE_PX - 1 && right <= width - EDGE_PX + 1 && bottom <= height - (theme === 'ticker' ? 8 : EDGE_PX) + 1
    assert.ok(inside, `${theme}: ${what} at ${[left, right, bottom]} of ${width}×${height}`)
  }
}
