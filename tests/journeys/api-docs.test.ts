import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Browser } from '../browsers/node_modules/playwright-core/index.js'
import { openEngine, openPage } from '../help/browsers.ts'
import { NOWHERE } from '../help/outside.ts'
import { overflow, violations } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** The page that shows the API, as somebody reads it who writes a program. */

/** Which width axe looks at. */
const LOOKED_AT = { dark: 1_440, light: 320 }

const test = suite('api docs')

let data: Awaited<ReturnType<typeof temporaryData>>
let server: RunningServer
let browser: Browser

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: join(data.path, 'kept'), env: NOWHERE })
  browser = await openEngine('127')
})
test.after(async () => {
  await browser.close()
  await server.end('SIGKILL')
  await data.remove()
})

test('shows every call, in both palettes and at every width, and loads nothing', async () => {
  const paths = (await (await fetch(`${server.base}/api/openapi.json`)).json()).paths as Record<string, object>
  const calls = Object.values(paths).flatMap((each) => Object.keys(each))
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const width of [320, 768, 1_440]) {
      const page = await openPage(browser, { colorScheme, viewport: { width, height: 900 } })
      const asked: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      await page.goto(`${server.base}/api/docs`)
      assert.is(await page.locator('section details:has(.method)').count(), calls.length)
      await page.click('#postStreams summary')
      assert.match((await page.textContent('#postStreams')) ?? '', 'stream_live')
      assert.equal(
        asked.filter((url) => !url.endsWith('/api/docs')),
        [],
      )
      assert.is(await overflow(page), 0, `${width}`)
      // What a width folds away is the same in both palettes.
      if (width === LOOKED_AT[colorScheme]) assert.equal(await violations(page), [], `${colorScheme} ${width}`)
      const shots = process.env.CROSSCHAT_SHOTS
      if (shots) await page.screenshot({ path: join(shots, `api-${colorScheme}-${width}.png`) })
      await page.context().close()
    }
  }
})

test('is read by keyboard', async () => {
  const page = await openPage(browser, {})
  await page.goto(`${server.base}/api/docs#postStreams`)
  await page.focus('#postStreams summary')
  await page.keyboard.press('Enter')
  assert.is(await page.getAttribute('#postStreams', 'open'), '')
  await page.context().close()
})

test.run()
