import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Theme, themes } from '../../server/look.ts'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { openPage } from '../help/browsers.ts'
import { type Backdrop, backdrops, putBehind } from './backdrops.ts'
import { cast, EMOTE_HOST } from './cast.ts'
import type { StandIn } from './stand-in.ts'

/** Contact sheets: every theme over every backdrop, put together to one picture an engine, in a temporary folder. */

export const SHEETS = join(tmpdir(), 'crosschat-sheets')
/** A box beside the game. */
const BOX = { width: 640, height: 860 }

const EMOTE = readFileSync(new URL('../../overlay/emotes/hype.svg', import.meta.url), 'utf8')

export interface Cell {
  theme: Theme
  backdrop: Backdrop
  picture: Buffer
}

/** Opens the overlay in every theme, with the same people in it, and hands the page over backdrop by backdrop. */
export async function eachPicture(
  browser: Browser,
  server: StandIn,
  look: (page: Page, cell: Cell) => Promise<void>,
  query = '',
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Cell[]> {
  const cells: Cell[] = []
  server.publish(...cast())
  for (const theme of themes()) {
    const page = await openPage(browser, { viewport: BOX })
    await page.route(`${EMOTE_HOST}/**`, (route) => route.fulfill({ contentType: 'image/svg+xml', body: EMOTE }))
    await page.goto(server.page(`?backlog=20&ms=0&theme=${theme}${query}`))
    await page.waitForFunction(() => document.querySelector('[data-id=owner]'))
    await prepare(page)
    await page.evaluate(() => document.fonts.ready.then(() => true))
    await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
    for (const backdrop of backdrops) {
      await putBehind(page, backdrop)
      const cell = { theme, backdrop, picture: await page.screenshot() }
      cells.push(cell)
      await look(page, cell)
    }
    await page.close()
  }
  return cells
}

/** One picture of all: a row for each backdrop. */
export async function compose(
  browser: Browser,
  cells: readonly Cell[],
  engine: Engine,
  scale: number,
): Promise<string> {
  await mkdir(SHEETS, { recursive: true })
  const page = await openPage(browser, { viewport: { width: Math.round(8 * BOX.width * scale), height: 100 } })
  const sources = cells.map(({ theme, backdrop, picture }) => ({
    place: `${theme} ${backdrop}`,
    source: `data:image/png;base64,${picture.toString('base64')}`,
  }))
  await page.setContent('<body style="margin:0;background:#333"></body>')
  await page.evaluate(layOut, { sources, rows: backdrops.length, scale, ...BOX })
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
  const path = join(SHEETS, `themes-${engine}.png`)
  await writeFile(path, await page.screenshot({ fullPage: true }))
  await page.close()
  return path
}

interface Plan {
  sources: { place: string; source: string }[]
  rows: number
  scale: number
  width: number
  height: number
}

/** Runs in the page. */
function layOut({ sources, rows, scale, width, height }: Plan): void {
  document.body.style.cssText += `;display:grid;grid-auto-flow:column;grid-template-rows:repeat(${rows},${height * scale}px);grid-auto-columns:${width * scale}px`
  for (const { place, source } of sources) {
    const image = document.createElement('img')
    image.src = source
    image.alt = place
    image.style.cssText = 'width:100%;height:100%;object-fit:contain'
    document.body.append(image)
  }
}
