import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { siteLine } from '../../admin/state/own-site.ts'
import type { Frame, Page } from '../browsers/node_modules/playwright-core/index.js'
import { type Browser, engines, openEngine, openPage } from '../help/browsers.ts'
import { Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** The overlay on a page of somebody's own site, which is of another origin. */

const WIDTH = 420
const HEIGHT = 260
/** A dark page is where a browser lays white behind frames. */
const DARK = '<style>:root{color-scheme:dark}body{margin:0;background:#123456}</style>'

const test = suite('own site')
let data: Awaited<ReturnType<typeof temporaryData>>
let server: RunningServer
let site: Server
let panel: Panel
let key: string
/** As the panel gives it. */
let line: string

/** What the site says to a path; `BASE` and `KEY` are filled in. */
const SITE: Readonly<Record<string, string>> = {
  '/script': `${DARK}<p id=before>before<script async src="BASE/embed.js" data-key="KEY" data-width="${WIDTH}" data-height="${HEIGHT}px" data-look="in=none&amp;theme=captions"></script><p>after`,
  '/line': `${DARK}<p>LINE`,
  '/frame': `${DARK}<iframe src="BASE/overlay#KEY" width="${WIDTH}" height="${HEIGHT}"></iframe>`,
  '/panel': `${DARK}<iframe src="BASE/admin/"></iframe><iframe src="BASE/dock"></iframe><iframe src="BASE/"></iframe>`,
  '/strict': `${DARK}<p><script src="BASE/embed.js" data-key="KEY" data-height="none of these"></script>`,
}

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  panel = await Panel.register(server.base, 'site_owner')
  const overlay = await panel.overlay()
  key = overlay.key
  line = siteLine(overlay.url)
  site = createServer(({ url = '' }, res) => {
    const strict = `default-src 'none'; style-src 'unsafe-inline'; script-src ${server.base}; frame-src ${server.base}`
    if (url === '/strict') res.setHeader('Content-Security-Policy', strict.replace("style-src 'unsafe-inline'; ", ''))
    res.setHeader('Content-Type', 'text/html')
    res.end(
      `<!doctype html>${(SITE[url] ?? '').replaceAll('BASE', server.base).replaceAll('KEY', key).replace('LINE', line)}`,
    )
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
})
test.after(async () => {
  site.close()
  site.closeAllConnections()
  await server.end('SIGKILL')
  await data.remove()
})

const address = (path: string) => `http://localhost:${(site.address() as AddressInfo).port}${path}`

async function visit(browser: Browser, path: string): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 800, height: 600 } })
  await page.goto(address(path))
  return page
}

async function overlayIn(page: Page): Promise<Frame> {
  const frame = page.frames().find((each) => each !== page.mainFrame()) ?? (await page.waitForEvent('frameattached'))
  await frame.waitForURL(/\/overlay/)
  await frame.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
  return frame
}

// Not by a locator: it needs checkVisibility, which engine 103 does not have.
const boxOf = (page: Page, selector: string) =>
  page.evaluate((which) => {
    const box = document.querySelector(which)?.getBoundingClientRect()
    return { top: box?.top ?? -1, width: box?.width ?? -1, height: box?.height ?? -1 }
  }, selector)

async function shows(frame: Frame, text: string): Promise<void> {
  await panel.json('POST', '/api/simulator/messages', { platform: 'kick', name: 'Noodle_Knight', text })
  await frame.waitForFunction((said) => document.body.textContent?.includes(said), text)
}

for (const engine of engines) {
  test(`shows the chat in a frame, through which the page is seen, in ${engine}`, async () => {
    const browser = await openEngine(engine)
    try {
      const scripted = await visit(browser, '/script')
      const frame = await overlayIn(scripted)
      await shows(frame, `by a script in ${engine}`)
      const { top, width, height } = await boxOf(scripted, '#before iframe')
      assert.equal([width, height], [WIDTH, HEIGHT], 'where the script stood, as big as it said')
      assert.is(await frame.evaluate(() => self.origin), 'null')
      // The look comes along: captions have no outline of their own box.
      assert.match(frame.url(), /\/overlay\?in=none&theme=captions#/)
      const clip = { y: 420, width: 40, height: 20 }
      const [inside, outside] = [
        await scripted.screenshot({ clip: { ...clip, y: top + 2, x: WIDTH - 60 } }),
        await scripted.screenshot({ clip: { ...clip, x: WIDTH + 60 } }),
      ]
      assert.ok(inside.equals(outside), 'nothing is laid behind it')
      await shows(await overlayIn(await visit(browser, '/frame')), `in a frame in ${engine}`)
      await shows(await overlayIn(await visit(browser, '/line')), `by the panel’s line in ${engine}`)
      await refusesTheRest(browser)
      await fitsStrictPage(browser, `under a policy in ${engine}`)
    } finally {
      await browser.close()
    }
  })
}

/** Whatever has buttons. */
async function refusesTheRest(browser: Browser): Promise<void> {
  const page = await visit(browser, '/panel')
  await page.waitForLoadState()
  const frames = page.frames().filter((frame) => frame !== page.mainFrame())
  assert.is(frames.length, 3)
  for (const frame of frames) assert.match(frame.url(), /^chrome-error:/)
}

/** A page whose own policy names this server for scripts and frames needs to allow nothing more. */
async function fitsStrictPage(browser: Browser, text: string): Promise<void> {
  const page = await visit(browser, '/strict')
  await shows(await overlayIn(page), text)
  assert.is((await boxOf(page, 'iframe')).height, 480, 'a length that is none changes nothing')
}

test.run()
