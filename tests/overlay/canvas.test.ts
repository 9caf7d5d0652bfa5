import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { engines } from '../help/browsers.ts'
import { tell } from '../help/tell.ts'
import { eachScene } from './canvas.ts'
import { Contrasts, keepsTheEdge, type Parts, withParts } from './held-against.ts'
import { softEdges } from './key-edges.ts'
import { keep, SHEETS } from './sheet.ts'

/**
 * Eight themes over the whole canvas, wide and tall, with every kind of row: measured, and kept to be looked at.
 * The engines see the acts in turns; with CROSSCHAT_SHEETS=all, both see all, over every backdrop.
 */

/** EBU R 95: graphics keep 5 % free. */
const SAFE = 0.05
const test = suite('overlay/canvas')

for (const engine of engines)
  test(`can be read over the whole canvas, inside the safe area, in Chromium ${engine}`, () =>
    withParts(engine, overTheWhole))

test.run()

async function overTheWhole({ engine, browser, server, blank }: Parts): Promise<void> {
  const measured = new Contrasts()
  const all = process.env.CROSSCHAT_SHEETS === 'all'
  const choice = all ? 'all' : { first: engines.indexOf(engine), every: engines.length }
  await eachScene(browser, server, choice, async (page, { theme, act, backdrop, area, picture }) => {
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
    await keepsTheEdge(page, theme, width * SAFE, height * SAFE)
    await measured.read(page, blank, theme, `${act} ${backdrop}`, picture, area)
    await keep(`canvas-${engine}/${theme}-${act}-${backdrop}`, picture)
    if (theme === 'chroma') assert.equal(await blank.evaluate(softEdges, picture.toString('base64')), [])
  })
  tell(`to be looked at: ${SHEETS}canvas-${engine}`)
  measured.judge(`canvas ${engine}`)
}
