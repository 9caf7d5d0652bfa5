import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LookView, OverlayView } from '../../server/api/overlays.ts'
import { SETTINGS, settingNames } from '../../server/look.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { type Engine, engines, openPage } from '../help/browsers.ts'
import { KEYS, LONG_QUERY, QUERIES, REFUSED, SHEETS, UNREADABLE, VALUES } from '../help/hostile/looks.ts'
import { Sink } from '../help/hostile/sink.ts'
import { lookOfRow, overflowing, strangers } from '../help/hostile/tree.ts'
import { assertHarmless, assertInnocent, isImageHost, type Watched, watch } from '../help/hostile/watched.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/**
 * Looks, sheets and addresses of a stranger's making, against the real server, in both engines. What stands in OBS's own
 * box, and addresses, each of them sees half of.
 */

const PLAIN = 'good evening everyone'
const MOST_SELECTORS = 100_000
let people = 0
let plainRows = 0
let dressed = 0

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite(`hostile looks in Chromium ${engine}`)
  const here = serve(test, { engine })
  let sink: Sink
  let panel: Panel
  let overlay: OverlayView & { key: string }

  test.before.each(async () => {
    sink = await Sink.open()
    panel = await Panel.register(here.base, `look_lender_${people++}`)
    overlay = await panel.overlay()
  })
  test.after.each(async () => {
    sink.close()
    assert.equal(
      [...new Set(sink.asked)].filter((host) => !isImageHost(host)),
      [],
      'no foreign host was asked',
    )
  })

  const inTurns = <Each>(all: readonly Each[]) =>
    all.filter((_, nth) => nth % engines.length === engines.indexOf(engine))
  const urlWith = (query: string) => overlay.url.replace('#', `${query}#`)

  async function openOverlay(query = '?in=none&out=none'): Promise<{ page: Page; watched: Watched }> {
    const page = await openPage(here.browser, { viewport: { width: 600, height: 800 }, proxy: sink.proxy })
    const watched = await watch(page)
    await goTo(page, urlWith(query))
    return { page, watched }
  }

  async function goTo(page: Page, url: string): Promise<void> {
    await page.goto('about:blank')
    await page.goto(url)
    await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
  }

  async function sayPlainly(page: Page): Promise<string> {
    const id = `plain-${plainRows++}`
    await panel.pushLines([ircLine(id, PLAIN)])
    await page.waitForFunction((row) => document.querySelector(`[data-id="twitch:${row}"]`) !== null, id)
    return `twitch:${id}`
  }

  /** Stores a look and waits until the page wears it and has been painted in it. */
  async function dress(page: Page, customCss: string | null): Promise<void> {
    const backlog = 1 + (dressed++ % 20)
    await panel.json('PATCH', `/api/overlays/${overlay.id}`, { settings: { customCss, backlog } })
    await page.waitForFunction((worn) => document.documentElement.dataset.backlog === worn, String(backlog))
    await painted(page)
  }

  test('stored sheets ask for nothing elsewhere, run nothing, and leave nothing behind', async () => {
    const { page, watched } = await openOverlay()
    await dress(page, null)
    const usual = await lookOfRow(page, await sayPlainly(page))
    for (const sheet of SHEETS) {
      await dress(page, sheet)
      await sayPlainly(page)
      await painted(page)
      assert.equal(await strangers(page), [], sheet)
      await assertHarmless(page, watched, sheet)
      await dress(page, null)
      assert.equal(await lookOfRow(page, await sayPlainly(page)), usual, sheet)
      assert.equal(await overflowing(page), [], sheet)
    }
  })

  test('the same sheets in OBS’s own box ask for nothing elsewhere and run nothing', async () => {
    const { page, watched } = await openOverlay()
    const usual = await lookOfRow(page, await sayPlainly(page))
    const many = `${Array.from({ length: MOST_SELECTORS }, (_, n) => `.s${n}`).join()}{color:red}`
    for (const sheet of [...inTurns(SHEETS), many]) {
      await fillBox(page, sheet)
      await sayPlainly(page)
      await painted(page)
      await assertHarmless(page, watched, sheet.slice(0, 200))
      await fillBox(page, '')
      assert.equal(await lookOfRow(page, await sayPlainly(page)), usual, sheet.slice(0, 200))
    }
  })

  test('a stored sheet never gets above OBS’s own box, however its braces stand', async () => {
    const { page } = await openOverlay()
    await fillBox(page, '.cc-name{color:rgb(1,2,3)}')
    for (const sheet of [
      '.cc-name{color:red}',
      '}.cc-name{color:red}',
      '.a{}}}}.cc-name{color:red}{',
      '@media all{}}.cc-name{color:red}',
    ]) {
      await dress(page, sheet)
      const id = await sayPlainly(page)
      const color = await page.evaluate((row) => {
        const name = document.querySelector(`[data-id="${row}"] .cc-name`)
        return name === null ? '' : getComputedStyle(name).color
      }, id)
      assert.is(color, 'rgb(1, 2, 3)', sheet)
    }
  })

  test('settings that are none are refused and change nothing', async () => {
    const before = (await panel.overlay()).settings
    const bodies = [...REFUSED.map((settings) => JSON.stringify(settings)), ...UNREADABLE, '{"fontSize":1e999}']
    for (const settings of bodies) {
      const { status } = await panel.call('PATCH', `/api/overlays/${overlay.id}`, `{"settings":${settings}}`)
      assert.ok([400, 413].includes(status), `${status}: ${settings.slice(0, 100)}`)
    }
    assert.equal((await panel.overlay()).settings, before)
  })

  test('an address may say anything: what is no setting is left out', async () => {
    const parameters = settingNames().flatMap((name) => SETTINGS[name].parameter ?? [])
    const queries = VALUES.map((value) => `?${[...parameters].map((name) => `${name}=${value}`).join('&')}`)
    const { page, watched } = await openOverlay('?debug=1')
    for (const query of inTurns([...queries, ...QUERIES])) {
      await goTo(page, urlWith(`${query}&debug=1`))
      assert.equal(await page.evaluate(oddities), [], query.slice(0, 200))
      assert.equal(await strangers(page), [], query.slice(0, 200))
      await assertInnocent(page, watched, query.slice(0, 200))
    }
    for (const query of QUERIES) {
      await goTo(page, urlWith(query))
      await sayPlainly(page)
    }
    assert.is((await fetch(`${here.base}/overlay${LONG_QUERY}`)).status, 431)
  })

  test('what is no key is no key', async () => {
    const page = await openPage(here.browser, { proxy: sink.proxy })
    const watched = await watch(page)
    for (const key of KEYS) {
      await page.goto('about:blank')
      await page.goto(`${here.base}/overlay#${key}`)
      await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=retry]') !== null)
      assert.equal(await strangers(page), [], key.slice(0, 200))
      await assertInnocent(page, watched, key.slice(0, 200))
    }
  })

  // The panel's own browser is a new one.
  if (engine === '127')
    test('a look from a file is taken as data, or not at all', async () => {
      let watched: Watched | undefined
      const before = async (opened: Page) => {
        watched = await watch(opened)
      }
      const page = await openPanel(here.browser, panel, `#/overlays/${overlay.id}`, { proxy: sink.proxy, before })
      await page.waitForFunction(() => document.querySelector('[data-setting=theme]') !== null)
      const look = () => panel.json<LookView>('GET', `/api/overlays/${overlay.id}/draft`)
      const untouched = await look()
      const texts = [...REFUSED.map((settings) => JSON.stringify(settings)), ...UNREADABLE]
      await page.getByRole('button', { name: 'Import a look', exact: true }).click()
      for (const settings of texts) {
        await page.fill('#import-text', `{"kind":"crosschat-look","version":1,"name":"<b>","settings":${settings}}`)
        const answered = page.waitForFunction(() => document.querySelector('.form-error') !== null)
        await page.getByRole('button', { name: 'Take it into the draft' }).click()
        await answered
        assert.equal(await look(), untouched, settings.slice(0, 100))
      }
      if (watched === undefined) throw new Error('The page was not watched.')
      await assertInnocent(page, watched, 'looks that are none')
      await page.fill('#import-text', `{"kind":"crosschat-look","version":1,"settings":{"customCss":"${SHEETS[0]}"}}`)
      await page.getByRole('button', { name: 'Take it into the draft' }).click()
      await page.waitForFunction(() => document.querySelector('#import-text') === null)
      await painted(page)
      assert.is((await look()).settings.customCss, SHEETS[0])
      await assertHarmless(page, watched, 'a look with a sheet')
    })

  test.run()
}

/** As OBS does with what stands in its box of custom CSS. */
function fillBox(page: Page, css: string): Promise<void> {
  return page.evaluate((text) => {
    const box = document.querySelector('style') ?? document.head.appendChild(document.createElement('style'))
    box.textContent = text
  }, css)
}

/** Two frames later: what the new style asks for has been asked for. */
const painted = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))

/** Attributes of the root that are no values of settings, and what a stranger's key would have left on every object. */
function oddities(): string[] {
  const { dataset } = document.documentElement
  const odd = Object.entries(dataset).filter(
    ([, value]) => !/^(#[0-9a-f]{6}|-?\d+(\.\d+)?|[a-z0-9-]+)$/.test(value ?? ''),
  )
  const inherited: string[] = []
  for (const name in {}) inherited.push(name)
  return [...odd.map(([name, value]) => `${name}=${value}`), ...inherited]
}
