import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LookView } from '../../server/api/overlays.ts'
import { CURRENT, openPage, type Page } from '../help/browsers.ts'
import { Keys } from '../help/keys.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, PASSWORD, Panel } from '../help/panel.ts'
import { serve } from '../help/serve.ts'

/** An evening of somebody who has no pointer: the focus is always somewhere, and always seen. */

const test = suite('panel by keyboard alone')
const here = serve(test, { engine: CURRENT, env: () => NOWHERE })
const NAME = 'quiet_otter'
const HELP = 'dialog[aria-labelledby=shortcuts-heading]'
const ACCOUNT = '[aria-label="Account and settings"]'

async function setUp(page: Page, keys: Keys): Promise<void> {
  await page.goto(`${here.base}/admin/`)
  await page.waitForSelector('#register-username')
  await keys.tabTo('#register-username')
  await keys.type(NAME)
  await keys.tabTo('#register-password')
  await keys.type('short')
  await keys.press('Enter')
  await page.waitForSelector('#register-password-error')
  await keys.expectAt('#register-password')
  await keys.press('Control+A')
  await keys.type(PASSWORD)
  await keys.press('Enter')
  await keys.arrive('.shell')
}

async function signOutAndIn(page: Page, keys: Keys): Promise<void> {
  await keys.tabTo(ACCOUNT)
  await keys.press('Enter')
  await page.waitForSelector('.menu-sheet')
  await keys.press('Escape')
  await keys.expectAt(ACCOUNT)
  await keys.press('Enter')
  await keys.tabTo('.menu-sheet > button:last-child')
  await keys.press('Enter')
  await page.waitForSelector('#login-username')
  await keys.tabTo('#login-username')
  await keys.type(NAME)
  await keys.tabTo('#login-password')
  await keys.type(PASSWORD)
  await keys.press('Enter')
  await keys.arrive('.shell')
}

async function skipToContent(page: Page, keys: Keys): Promise<void> {
  await page.reload()
  await page.waitForSelector('.shell')
  await keys.press('Tab')
  await keys.expectAt('.skip')
  await keys.press('Enter')
  await keys.expectAt('#main')
}

async function start(page: Page, keys: Keys): Promise<void> {
  await keys.tabTo('.button-stream', 'Shift+Tab')
  await keys.press('Enter')
  await keys.expectAt('#stream-title')
  await keys.press('Escape')
  await keys.leave('dialog')
  await keys.expectAt('.button-stream')
  await keys.press('Enter')
  await keys.expectAt('#stream-title')
  await keys.type('Friday run')
  await keys.press('Enter')
  await page.waitForSelector('.on-air')
  await keys.leave('dialog')
  await keys.expectAt('.button-stream')
}

async function moderate(page: Page, keys: Keys, panel: Panel): Promise<void> {
  await panel.pushLines([ircLine('k1', 'one jump'), ircLine('k2', 'buy followers', 'Buyer')])
  await page.waitForSelector('.row:has-text("buy followers")')
  await keys.tabTo('#feed')
  await keys.press('ArrowUp')
  await keys.expectAt('.row')
  const row = `#${await page.evaluate(() => document.activeElement?.id)}`
  await keys.press('h')
  await page.waitForSelector(`${row}[data-struck]`)
  await keys.expectAt(row)
  await keys.press('u')
  await page.waitForSelector(`${row}:not([data-struck])`)
  await keys.expectAt(row)
  await closesOnTop(page, keys, row)
}

/** Whatever is opened above the feed, Escape closes that alone, and gives the focus back. */
async function closesOnTop(page: Page, keys: Keys, row: string): Promise<void> {
  for (const [open, selector] of [
    [['?'], HELP],
    [['Enter'], 'dialog[aria-labelledby=person-heading]'],
    [['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter'], '.row-menu'],
  ] as const) {
    await keys.press(...open)
    await keys.arrive(selector)
    assert.ok(await keys.isAt(`${selector} *, ${selector}`), `${selector} has the focus`)
    await keys.press('Escape')
    await keys.leave(selector)
    await keys.expectAt(`${row}, ${row} *`)
    if (!(await keys.isAt(row))) await keys.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft')
    await keys.expectAt(row)
  }
  assert.is(await page.locator('.row[data-struck]').count(), 0)
}

async function publishTheme(page: Page, keys: Keys, panel: Panel): Promise<void> {
  await keys.press('g', 'o')
  await keys.arrive('.overlay-one')
  await keys.tabTo('.overlay-do .button-primary')
  await keys.press('Enter')
  await keys.arrive('.theme-choice')
  await keys.tabTo('.theme-choice input')
  const before = await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value)
  await keys.press('ArrowRight')
  await page.waitForSelector('.draft-state[data-keeping=kept]:has-text("1 setting differs")')
  await keys.assertSeen('a theme is chosen')
  await keys.tabTo('#publish', 'Shift+Tab')
  await keys.press('Enter')
  await page.waitForSelector('.draft-state:has-text("As on air")')
  await keys.expectAt('#publish')
  const { id } = await panel.overlay()
  const { published } = await panel.json<LookView>('GET', `/api/overlays/${id}/draft`)
  assert.ok(published.theme !== undefined && published.theme !== before, `${before} is ${published.theme} now`)
}

async function end(page: Page, keys: Keys): Promise<void> {
  await keys.press('g', 'l')
  await keys.arrive('#feed')
  await keys.tabTo('.button-stream', 'Shift+Tab')
  await keys.press('Enter')
  await keys.arrive('dialog .button-danger')
  await keys.tabTo('dialog .button-danger')
  await keys.press('Enter')
  await page.waitForFunction(() => document.querySelector('.on-air') === null)
  await keys.leave('dialog')
  await keys.expectAt('.button-stream')
}

async function readBack(page: Page, keys: Keys): Promise<void> {
  await keys.press('g', 'h')
  await keys.arrive('.stream-line')
  await keys.tabTo('.stream-line')
  await keys.press('Enter')
  await keys.arrive('.transcript .row')
  await keys.expectAt('h1')
  await keys.press('k')
  await keys.expectAt('.transcript .row:last-of-type')
  assert.match((await page.evaluate(() => document.activeElement?.textContent)) ?? '', /buy followers/)
  await keys.tabTo('.back', 'Shift+Tab')
  await keys.press('Enter')
  await keys.arrive('.stream-line')
  await keys.expectAt('h1')
}

test('leads from the first page to the transcript and back', async () => {
  const page = await openPage(here.browser, { viewport: { width: 1_440, height: 900 } })
  const keys = new Keys(page)
  await setUp(page, keys)
  await signOutAndIn(page, keys)
  await skipToContent(page, keys)
  const panel = await Panel.login(here.base, NAME)
  await start(page, keys)
  await moderate(page, keys, panel)
  await publishTheme(page, keys, panel)
  await end(page, keys)
  await readBack(page, keys)
})

test.run()
