import { suite } from 'uvu'
import { engines } from '../help/browsers.ts'
import { tell } from '../help/tell.ts'
import { Contrasts, keepsTheEdge, type Parts, withParts } from './held-against.ts'
import { byBackdrop, compose, eachPicture } from './sheet.ts'

/** Eight themes over night, confetti and snow, in both engines: measured, and put together to be looked at. */

const EDGE_PX = 24
/** Of the bar that a ticker is in a small box. */
const BAR_EDGE_PX = 8
const test = suite('overlay/pictures')

for (const engine of engines)
  test(`can be read over any picture, inside the edge, in Chromium ${engine}`, () => withParts(engine, besideTheGame))

test.run()

async function besideTheGame({ engine, browser, server, blank }: Parts): Promise<void> {
  const measured = new Contrasts()
  const cells = await eachPicture(browser, server, async (page, { theme, backdrop, picture }) => {
    await keepsTheEdge(page, theme, EDGE_PX, EDGE_PX, theme === 'ticker' ? BAR_EDGE_PX : EDGE_PX)
    await measured.read(page, blank, theme, backdrop, picture)
  })
  tell(`to be looked at: ${await compose(browser, `themes-${engine}`, byBackdrop(cells), 0.42)}`)
  measured.judge(engine)
}
