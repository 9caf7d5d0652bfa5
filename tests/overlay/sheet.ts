import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Theme, themes } from '../../server/look.ts'
import type { Browser, Page } from '../help/browsers.ts'
import { openPage } from '../help/browsers.ts'
import { type Backdrop, backdrops, putBehind } from './backdrops.ts'
import { cast } from './cast.ts'
import { serveEmotes } from './emotes.ts'
import type { StandIn } from './stand-in.ts'

/** Contact sheets: every theme over every backdrop, put together to one picture an engine. Git ignores the folder. */

export const SHEETS = fileURLToPath(new URL('../artifacts/sheets/', import.meta.url))
/** A box beside the game. */
const BOX = { width: 640, height: 860 }

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
): Promise<Cell[]> {
  const cells: Cell[] = []
  server.publish(...cast())
  for (const theme of themes()) {
    const page = await openTheme(browser, server, theme, BOX)
    await page.waitForFunction(() => document.querySelector('[data-id=owner]'))
    await allLoaded(page)
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

/** A page that nothing moves in. */
export async function openTheme(
  browser: Browser,
  server: StandIn,
  theme: Theme,
  viewport: { width: number; height: number },
): Promise<Page> {
  const page = await openPage(browser, { viewport })
  await serveEmotes(page)
  await page.goto(server.page(`?backlog=20&ms=0&theme=${theme}`))
  await page.waitForFunction(() => document.querySelector('.cc-feed[data-state=live]'))
  return page
}

/** Faces and pictures are there. */
export async function allLoaded(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => true))
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete))
}

const picturesOf = (cells: readonly { picture: Buffer }[]) => cells.map(({ picture }) => picture)

/** A row for each backdrop that there is. */
export function byBackdrop(cells: readonly { backdrop: string; picture: Buffer }[]): Buffer[][] {
  const seen = [...new Set(cells.map(({ backdrop }) => backdrop))]
  return seen.map((backdrop) => picturesOf(cells.filter((cell) => cell.backdrop === backdrop)))
}

/** One picture of all, and where it is. */
export async function compose(
  browser: Browser,
  name: string,
  rows: readonly (readonly Buffer[])[],
  scale: number,
): Promise<string> {
  const page = await openPage(browser, { viewport: { width: 100, height: 100 } })
  await page.setContent('<body style="margin:0;width:max-content;background:#333"></body>')
  const sources = rows.map((row) => row.map((picture) => `data:image/png;base64,${picture.toString('base64')}`))
  const size = await page.evaluate(layOut, { sources, scale })
  await page.setViewportSize(size)
  const path = await keep(name, await page.screenshot())
  await page.close()
  return path
}

/** Writes a picture where it can be looked at, and says where that is. */
export async function keep(name: string, picture: Buffer): Promise<string> {
  const path = join(SHEETS, `${name}.png`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, picture)
  return path
}

/** Runs in the page. */
async function layOut({ sources, scale }: { sources: string[][]; scale: number }) {
  for (const row of sources) {
    const line = document.createElement('div')
    line.style.cssText = 'display:flex;gap:2px;margin-bottom:2px'
    document.body.append(line)
    for (const source of row) {
      const image = new Image()
      image.src = source
      await image.decode()
      image.style.width = `${Math.round(image.naturalWidth * scale)}px`
      line.append(image)
    }
  }
  const { width, height } = document.body.getBoundingClientRect()
  return { width: Math.ceil(width), height: Math.ceil(height) }
}
