import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { themes } from '../../server/look.ts'
import type { Engine } from '../help/browsers.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { backdrops, putBehind } from './backdrops.ts'
import { StandIn } from './stand-in.ts'

/** Both themes over snow and confetti, in both engines, into `tests/artifacts`: to be looked at by people. */

const ARTIFACTS = fileURLToPath(new URL('../artifacts/', import.meta.url))
const SIZE = { width: 640, height: 1_080 }
const test = suite('overlay/pictures')

for (const engine of engines) test(`takes pictures of both themes in Chromium ${engine}`, () => takePictures(engine))

test.run()

async function takePictures(engine: Engine): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true })
  const server = await StandIn.start()
  const browser = await openEngine(engine)
  const page = await openPage(browser, { viewport: SIZE })
  for (const theme of themes()) {
    await page.goto(server.page(`?demo=static&theme=${theme}`, ''))
    await page.waitForFunction(() => document.querySelectorAll('.cc-msg').length > 10)
    await page.evaluate(() => document.fonts.ready.then(() => true))
    for (const backdrop of backdrops) {
      await putBehind(page, backdrop)
      const path = `${ARTIFACTS}overlay-${theme}-${backdrop}-${engine}.png`
      assert.ok((await page.screenshot({ path })).length > 50_000)
    }
  }
  await browser.close()
  await server.close()
}
