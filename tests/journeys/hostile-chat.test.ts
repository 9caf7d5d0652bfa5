import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DockView } from '../../server/api/overlays.ts'
import type { Look } from '../../server/protocol.ts'
import type { Browser, Page } from '../browsers/node_modules/playwright-core/index.js'
import { type Engine, engines, openEngine, openPage } from '../help/browsers.ts'
import { BEARERS, poisoned } from '../help/hostile/events.ts'
import { hostilePushes, push } from '../help/hostile/payloads.ts'
import { Relay } from '../help/hostile/relay.ts'
import { Sink } from '../help/hostile/sink.ts'
import { lookOfRow, overflowing, powers, strangers } from '../help/hostile/tree.ts'
import { assertInnocent, isImageHost, type Watched, watch } from '../help/hostile/watched.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** What people may write, against the real server, in both engines: it is drawn as text, and does nothing. */

/** Everything that can be shown is shown, and stays; rows are so many that the page must be high. */
const ALL =
  '?max=100&events=all&avatars=1&links=show&badges=image&maxbadges=5&time=24h&first=1&in=none&out=none&nocmd=0&nobots=0&namemax=50'
const HIGH = { width: 600, height: 4_000 }
const PLAIN = 'good evening everyone'
/** Fewer rows than a page keeps. */
const GROUPS_AT_ONCE = 7
const EVENTS_AT_ONCE = 60
const LEAST_DRAWN = 700
let people = 0
let plainRows = 0

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite(`hostile chat in Chromium ${engine}`)
  let server: RunningServer
  let data: Awaited<ReturnType<typeof temporaryData>>
  let browser: Browser
  let sink: Sink
  let panel: Panel
  let relay: Relay | null = null

  test.before(async () => {
    data = await temporaryData()
    server = await startServer({ dataDir: data.path })
    browser = await openEngine(engine)
  })
  test.after(async () => {
    await browser.close()
    await server.end('SIGKILL')
    await data.remove()
  })
  test.before.each(async () => {
    sink = await Sink.open()
    panel = await Panel.register(server.base, `quiet_host_${people++}`)
  })
  test.after.each(async () => {
    for (const context of browser.contexts()) await context.close()
    sink.close()
    relay?.close()
    relay = null
    assert.equal(
      [...new Set(sink.asked)].filter((host) => !isImageHost(host)),
      [],
      'no foreign host was asked',
    )
  })

  /** An overlay that shows everything at the pace at which it comes; `change` stands between it and the server. */
  async function openOverlay(change = (frame: string) => frame): Promise<{ page: Page; watched: Watched }> {
    const page = await openPage(browser, { viewport: HIGH, proxy: sink.proxy })
    const watched = await watch(page)
    relay = await Relay.to(server.port, (frame) => unpaced(change(frame)))
    const { url } = await panel.overlay()
    await page.goto(url.replace(server.base, relay.base).replace('#', `${ALL}#`))
    await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
    return { page, watched }
  }

  /** An ordinary message, once it is drawn: so is all that came before it. */
  async function sayPlainly(page: Page): Promise<string> {
    const id = `plain-${plainRows++}`
    await panel.pushLines([ircLine(id, PLAIN)])
    await page.waitForFunction((row) => document.querySelector(`[data-id="twitch:${row}"]`) !== null, id)
    return `twitch:${id}`
  }

  async function assertSound(page: Page, watched: Watched, usual: object, during: string): Promise<void> {
    const id = await sayPlainly(page)
    assert.equal(await strangers(page), [], during)
    assert.equal(await overflowing(page), [], during)
    assert.equal(await lookOfRow(page, id), usual, during)
    await assertInnocent(page, watched, during)
  }

  test('what platforms carry is drawn as text, row by row, and ordinary rows stay as they were', async () => {
    const { page, watched } = await openOverlay()
    const usual = await lookOfRow(page, await sayPlainly(page))
    let drawn = 0
    for (const [n, pushes] of groups(hostilePushes(), GROUPS_AT_ONCE)) {
      await push(panel, pushes.flat())
      await assertSound(page, watched, usual, `group ${n}`)
      drawn += await page.locator('li.cc-msg').count()
    }
    assert.ok(drawn > LEAST_DRAWN, `${drawn} rows were looked at`)
  })

  test('events that no normaliser has looked at are drawn as text, too', async () => {
    const { page, watched } = await openOverlay(poisoned)
    const usual = await lookOfRow(page, await sayPlainly(page))
    for (const [n, texts] of groups(BEARERS, EVENTS_AT_ONCE)) {
      await panel.pushLines(texts.map((text) => ircLine(text.replace(' ', '-'), text)))
      await assertSound(page, watched, usual, `fields from ${n} on`)
    }
  })

  for (const kind of ['dock', 'panel'] as const) {
    test(`the ${kind} draws the same as text`, async () => {
      const { page, watched } = kind === 'dock' ? await openDock() : await openFeed()
      await sayTo(page)
      const before = await powers(page)
      for (const [n, pushes] of groups(hostilePushes(), GROUPS_AT_ONCE)) {
        await push(panel, pushes.flat())
        await sayTo(page)
        assert.equal(await powers(page), before, `group ${n}`)
        await assertInnocent(page, watched, `group ${n}`)
      }
    })
  }

  async function openDock(): Promise<{ page: Page; watched: Watched }> {
    const { url } = await panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'moderate' })
    const page = await openPage(browser, { viewport: { width: 400, height: 900 }, proxy: sink.proxy })
    const watched = await watch(page)
    await page.goto(url)
    await page.waitForFunction(() => document.querySelectorAll('.lights li, .sources li').length === 3)
    return { page, watched }
  }

  async function openFeed(): Promise<{ page: Page; watched: Watched }> {
    let watched: Watched | undefined
    const before = async (opened: Page) => {
      watched = await watch(opened)
    }
    const page = await openPanel(browser, panel, '#/', { proxy: sink.proxy, before })
    await page.waitForFunction(() => document.querySelector('[role=log], .feed') !== null)
    if (watched === undefined) throw new Error('The page was not watched.')
    return { page, watched }
  }

  /** An ordinary message, once the page's last row shows it. */
  async function sayTo(page: Page): Promise<void> {
    const id = `plain-${plainRows++}`
    await panel.pushLines([ircLine(id, `${PLAIN} ${id}`)])
    await page.waitForFunction((text) => document.body.textContent?.includes(text), `${PLAIN} ${id}`)
  }

  test.run()
}

/** The list in pieces, each with the place of its first. */
function groups<Each>(list: readonly Each[], size: number): [number, Each[]][] {
  const starts = Array.from({ length: Math.ceil(list.length / size) }, (_, n) => n * size)
  return starts.map((start) => [start, list.slice(start, start + size)])
}

/** With nothing held back for pace, as if that had been chosen. */
function unpaced(text: string): string {
  const frame: Partial<Look> = JSON.parse(text)
  if (frame.settings === undefined) return text
  const settings = { ...frame.settings, ratePerSecond: 10_000 }
  return JSON.stringify({ ...frame, settings, chosen: [...(frame.chosen ?? []), 'ratePerSecond'] })
}
