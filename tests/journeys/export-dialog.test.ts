import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StreamView } from '../../server/api/streams.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { ircLine, Panel } from '../help/panel.ts'
import { LOOKED_AT, openPanel, overflow, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/** Saving a transcript, or what a search finds: by keyboard, at every width, with and without names. */

const test = suite('panel: export')
const here = serve(test)
let panel: Panel
let stream: StreamView

test.before(async () => {
  panel = await Panel.register(here.base, 'exporter')
  stream = await panel.startStream('First light')
  await panel.pushLines([
    ircLine('x1', '@Night_Owl good evening'),
    ircLine('x2', 'an owl was here', 'Night_Owl').replace('user-id=1001', 'user-id=77'),
    ircLine('x3', 'thanks Night_Owl'),
  ])
  await panel.endStream()
})

/** What is saved when the form is sent by its keys. */
async function saved(page: Page): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
}

/** Presses Tab until the focus is on what this selector finds. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come to ${selector}.`)
}

test('saves a stream by keyboard alone: opened, chosen, sent, and the focus back where it was', async () => {
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.waitForSelector('.transcript .row')
  await tabTo(page, '#export-transcript')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#export-format')
  assert.is(await page.evaluate(() => document.activeElement?.id), 'export-format')
  await page.keyboard.type('Subtitles (S')
  await page.waitForSelector('#export-offset')
  await page.keyboard.press('Tab')
  await page.keyboard.type('soon')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#export-offset-error')
  assert.is(await page.evaluate(() => document.activeElement?.id), 'export-offset')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('90')
  const { name, text } = await saved(page)
  assert.match(name, /^crosschat-.*\.srt$/)
  assert.match(text, /^1\n00:01:3\d,\d{3} --> /)
  assert.match(text, /Night_Owl: an owl was here/)
  await page.waitForSelector('dialog', { state: 'detached' })
  assert.is(await page.evaluate(() => document.activeElement?.id), 'export-transcript')
})

test('saves only what fits, with numbers instead of names', async () => {
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.fill('#filter', 'owl')
  await page.waitForFunction(() => document.querySelectorAll('.transcript .row').length === 3)
  await page.fill('#filter', '"an owl"')
  await page.waitForFunction(() => document.querySelectorAll('.transcript .row').length === 1)
  await page.click('#export-transcript')
  await page.check('#export-names')
  await page.focus('button:has-text("Save file")')
  assert.match((await saved(page)).text, /^\[.*\] Viewer 1: an owl was here\n$/)
  await page.click('#export-transcript')
  await page.check('text=All of “First light”')
  await page.check('#export-names')
  await page.focus('button:has-text("Save file")')
  const { text } = await saved(page)
  assert.not.match(text, /Night_Owl|Noodle_Knight/)
  assert.match(text, /: @(Viewer \d+) good evening\n.*\1: an owl was here\n.*: thanks \1\n$/)
})

test('saves the lines that were chosen by keyboard, from one to another', async () => {
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.waitForSelector('.transcript .row')
  await tabTo(page, '#choose-lines')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.pick-bar')
  await tabTo(page, '.pick')
  // The first line says that the stream began.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.waitForSelector('text=1 chosen line')
  await page.keyboard.press('Shift+ArrowDown')
  await page.waitForSelector('text=2 chosen lines')
  assert.equal(await violations(page), [])
  await tabTo(page, '.pick-bar .button-primary')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#export-format')
  await page.focus('button:has-text("Save file")')
  const { text } = await saved(page)
  assert.match(text, /^\[.*good evening\n\[.*Night_Owl: an owl was here\n$/)
  await page.focus('.pick')
  await page.keyboard.press('Escape')
  await page.waitForSelector('.pick-bar', { state: 'detached' })
  assert.is(await page.evaluate(() => document.activeElement?.id), 'choose-lines')
})

test('saves the lines that were pressed, single ones and all up to one pressed with Shift', async () => {
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.click('#choose-lines')
  await page.click('text=an owl was here')
  await page.click('text=good evening', { modifiers: ['Shift'] })
  await page.waitForSelector('text=2 chosen lines')
  await page.click('text=thanks')
  await page.click('text=an owl was here')
  await page.click('.pick-bar .button-primary')
  await page.waitForSelector('#export-format')
  await page.focus('button:has-text("Save file")')
  const { text } = await saved(page)
  assert.match(text, /good evening\n.*thanks Night_Owl\n$/)
  assert.not.match(text, /an owl/)
})

test('copies the lines that were pressed', async () => {
  const permissions = ['clipboard-read', 'clipboard-write']
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`, { permissions })
  await page.click('#choose-lines')
  await page.click('text=an owl was here')
  await page.click('.pick-bar >> text=Copy')
  await page.waitForSelector('.toast:has-text("The lines are copied.")')
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^\[.*\] Night_Owl: an owl was here\n$/)
})

test('saves all that a search finds', async () => {
  const page = await openPanel(here.browser, panel, '#/history')
  await page.fill('#filter', 'Night_Owl')
  await page.waitForSelector('.hits-head button')
  await page.click('.hits-head button')
  const offered = await page.locator('#export-format option').allTextContents()
  assert.is(
    offered.some((label) => label.startsWith('Subtitles')),
    false,
  )
  await page.selectOption('#export-format', 'jsonl')
  await page.focus('button:has-text("Save file")')
  assert.is((await saved(page)).text.trim().split('\n').length, 3)
})

test('tells how far a long file is, and leaves off when asked to', async () => {
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  // The answer does not come: the page must tell, and stop by itself when asked.
  await page.route('**/export?**', () => {})
  await page.click('#export-transcript')
  await page.click('text=Save file')
  await page.waitForSelector('.export-progress')
  await page.click('text="Stop"')
  await page.waitForSelector('.export-progress', { state: 'detached' })
  await page.unroute('**/export?**')
  await page.route('**/export?**', (route) =>
    route.fulfill({ status: 503, json: { error: { code: 'storage_failed', message: 'The disk is full.' } } }),
  )
  await page.click('text=Save file')
  assert.is(await page.textContent('.form-error'), 'The disk is full.')
})

for (const theme of ['dark', 'light'] as const) {
  test(`has room at every width and nothing that axe finds wrong (${theme})`, async () => {
    const sheets = join('tests', 'artifacts', 'export')
    await mkdir(sheets, { recursive: true })
    for (const width of LOOKED_AT[theme]) {
      const page = await openPanel(here.browser, panel, `#/history/${stream.id}`, {
        theme,
        viewport: { width, height: 900 },
      })
      await page.fill('#filter', 'owl')
      await page.waitForFunction(() => document.querySelectorAll('.transcript .row').length === 3)
      assert.equal(await violations(page), [])
      await page.click('#export-transcript')
      await page.selectOption('#export-format', 'vtt')
      await page.fill('#export-offset', 'x')
      await page.click('text=Save file')
      await page.waitForSelector('#export-offset-error')
      assert.equal(await violations(page), [], `${width}`)
      assert.ok((await overflow(page)) <= 0, `${width}`)
      const box = await page.locator('dialog').boundingBox()
      assert.ok(box !== null && box.x >= 0 && box.x + box.width <= width, `${width}`)
      await page.screenshot({ path: join(sheets, `${theme}-${width}.png`) })
      await page.context().close()
    }
  })
}

test.run()
