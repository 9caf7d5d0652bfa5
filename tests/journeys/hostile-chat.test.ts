import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DockView } from '../../server/api/overlays.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { type Engine, engines, openPage } from '../help/browsers.ts'
import { BEARERS, poisoned } from '../help/hostile/events.ts'
import { hostilePushes, push } from '../help/hostile/payloads.ts'
import { Sink } from '../help/hostile/sink.ts'
import { lookOfRow, overflowing, powers, strangers } from '../help/hostile/tree.ts'
import { assertInnocent, isImageHost, type Watched, watch } from '../help/hostile/watched.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel } from '../help/panel-page.ts'
import { Relay } from '../help/relay.ts'
import { serve } from '../help/serve.ts'
import { unpaced } from '../help/unpaced.ts'

/**
 * What people may write, against the real server, in both engines: it is drawn as text, and does nothing. Docks and fields that no platform
 * fills so are seen in turns, half by each engine.
 */

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
  const here = serve(test, { engine })
  let sink: Sink
  let panel: Panel
  let relay: Relay | null = null

  test.before.each(async () => {
    sink = await Sink.open()
    panel = await Panel.register(here.base, `quiet_host_${people++}`)
  })
  test.after.each(async () => {
    sink.close()
    relay?.close()
    relay = null
    assert.equal(
      [...new Set(sink.asked)].filter((host) => !isImageHost(host)),
      [],
      'no foreign host was asked',
    )
  })

  const inTurns = <Each>(all: readonly Each[]) =>
    all.filter((_, nth) => nth % engines.length === engines.indexOf(engine))

  /** An overlay that shows everything at the pace at which it comes; `change` stands between it and the server. */
  async function openOverlay(change = (frame: string) => frame): Promise<{ page: Page; watched: Watched }> {
    const page = await openPage(here.browser, { viewport: HIGH, proxy: sink.proxy })
    const watched = await watch(page)
    relay = await Relay.to(here.server.port, (frame) => unpaced(change(frame)))
    const { url } = await panel.overlay()
    await page.goto(url.replace(here.base, relay.base).replace('#', `${ALL}#`))
    await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
    return { page, watched }
  }

  /** An ordinary message, once it is drawn with its time, which few overlays need and which is loaded behind the first rows. */
  async function sayPlainly(page: Page): Promise<string> {
    const id = `plain-${plainRows++}`
    await panel.pushLines([ircLine(id, PLAIN)])
    await page.waitForFunction((row) => document.querySelector(`[data-id="twitch:${row}"] .cc-time`)?.textContent, id)
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
    for (const [n, texts] of inTurns(groups(BEARERS, EVENTS_AT_ONCE))) {
      await panel.pushLines(texts.map((text) => ircLine(text.replace(' ', '-'), text)))
      await assertSound(page, watched, usual, `fields from ${n} on`)
    }
  })

  // OBS shows docks; the panel's own browser is a new one.
  for (const kind of engine === '127' ? (['dock', 'panel'] as const) : (['dock'] as const)) {
    test(`the ${kind} draws the same as text`, async () => {
      const { page, watched } = kind === 'dock' ? await openDock() : await openFeed()
      await sayTo(page)
      const before = await powers(page)
      const all = groups(hostilePushes(), GROUPS_AT_ONCE)
      for (const [n, pushes] of kind === 'dock' ? inTurns(all) : all) {
        await push(panel, pushes.flat())
        await sayTo(page)
        assert.equal(await powers(page), before, `group ${n}`)
        await assertInnocent(page, watched, `group ${n}`)
      }
    })
  }

  async function openDock(): Promise<{ page: Page; watched: Watched }> {
    const { url } = await panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'moderate' })
    const page = await openPage(here.browser, { viewport: { width: 400, height: 900 }, proxy: sink.proxy })
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
    const page = await openPanel(here.browser, panel, '#/', { proxy: sink.proxy, before })
    // The feed stands there before what is loaded beside it.
    await page.waitForFunction(() => ['[role=log]', '#run-scenario'].every((part) => document.querySelector(part)))
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
