import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { BrowserContextOptions, Page } from '../browsers/node_modules/playwright-core/index.js'
import { Panel } from '../help/panel.ts'
import { openPanel, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

const test = suite('engine room')
const here = serve(test)
let owner: Panel

test.before(async () => {
  owner = await Panel.register(here.base, 'room_owner')
})

/** The engine room as somebody who is signed in sees it. */
const enter = (panel: Panel, options: BrowserContextOptions = {}): Promise<Page> =>
  openPanel(here.browser, panel, '#/engine', options)

/** Waits until what stands in the table's column `Now` beside a label is like this: each figure comes with a look of its own. */
const reads = (page: Page, label: string, like: string) =>
  page.waitForFunction(
    ([wanted, pattern]) => {
      const row = [...document.querySelectorAll('#engine-table tbody tr')].find(
        (each) => each.querySelector('th')?.textContent === wanted,
      )
      return new RegExp(pattern).test(row?.querySelector('td')?.textContent ?? '')
    },
    [label, like] as const,
  )

test('sends a burst through the ring on a press of Stress, and shows it go round', async () => {
  const page = await enter(owner)
  await page.waitForSelector('.gauge')
  const before = await page.getAttribute('.ring-hand', 'style')
  await page.click('.stress button')
  await page.waitForSelector('.stage[data-moving]')
  await page.waitForFunction((style) => document.querySelector('.ring-hand')?.getAttribute('style') !== style, before)
  await page.waitForSelector('.lock[data-stance=busy]')
  await page.waitForFunction(() => Number(document.querySelector('progress')?.value) > 100)
  await reads(page, 'Records a second', '[1-9]')
  await reads(page, 'Worker to socket, p50', '[0-9].*(µs|ms|s)$')
  await page.click('.stress button')
  await page.waitForSelector('.stage:not([data-moving])')
  await page.close()
})

for (const [theme, width] of [
  ['dark', 1_440],
  ['light', 1_440],
  ['dark', 320],
] as const) {
  test(`has nothing that axe-core complains about, ${theme} at ${width} px, drawn and as a table`, async () => {
    const page = await enter(owner, { viewport: { width, height: 900 } })
    await page.waitForSelector('.gauge')
    await page.evaluate((wanted) => {
      document.documentElement.dataset.theme = wanted
    }, theme)
    assert.equal(await violations(page), [])
    await page.click('text=Show as table')
    await page.waitForSelector('.engine-table')
    assert.equal(await violations(page), [])
    const overflow = await page.evaluate(() => {
      const main = document.getElementById('main')
      return (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0)
    })
    assert.is(overflow, 0, 'no sideways scroll')
    await page.close()
  })
}

test('says what it shows also where nothing may move', async () => {
  const page = await enter(owner, { reducedMotion: 'reduce' })
  await page.waitForSelector('.gauge')
  await page.click('.stress button')
  await page.waitForSelector('.stage[data-moving]')
  const moving = await page.evaluate(() => document.getAnimations().length)
  assert.is(moving, 0)
  await page.click('.stress button')
  await page.close()
})

test('is not there for another account', async () => {
  const guest = await Panel.register(here.base, 'room_guest')
  const page = await enter(guest)
  await page.waitForSelector('.empty')
  assert.match((await page.textContent('.empty')) ?? '', /owner of this instance/)
  assert.is(await page.$('a[href="#/engine"]'), null)
  assert.is(await page.$('.stress'), null)
  await page.close()
})

test('says when no measurements come, and goes on by itself when they come again', async () => {
  const page = await enter(owner)
  await page.waitForSelector('.gauge')
  await page.route('**/api/instance/engine**', (route) => route.abort())
  await page.waitForSelector('.engine-stale')
  await page.unroute('**/api/instance/engine**')
  await page.waitForSelector('.engine-stale', { state: 'detached' })
  await page.close()
})

test.run()
