import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LookView, OverlayView, VersionView } from '../../server/api.ts'
import type { Browser, Frame, Page } from '../browsers/node_modules/playwright-core/index.js'
import { openEngine, openPage } from '../help/browsers.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel, overflow, type PanelPageOptions, violations } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** Somebody makes a look in the editor, beside an overlay that is on air, on the real server. */

const test = suite('editor')

let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let browser: Browser
let panel: Panel
let overlay: OverlayView & { key: string }
let people = 0

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  browser = await openEngine('127')
})
test.after(async () => {
  await browser.close()
  await server.end('SIGKILL')
  await data.remove()
})
test.before.each(async () => {
  panel = await Panel.register(server.base, `look_maker_${people++}`)
  overlay = await panel.overlay()
})
test.after.each(async () => {
  for (const context of browser.contexts()) await context.close()
})

const look = () => panel.json<LookView>('GET', `/api/overlays/${overlay.id}/draft`)

async function openEditor(options: PanelPageOptions = {}, id = overlay.id): Promise<Page> {
  const page = await openPanel(browser, panel, `#/overlays/${id}`, {
    viewport: { width: 1_440, height: 900 },
    ...options,
  })
  await page.waitForSelector('[data-setting=theme]')
  return page
}
async function openOnAir(): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 600, height: 800 } })
  await page.goto(overlay.url)
  await page.waitForSelector('ol.cc-feed[data-state=live]', { state: 'attached' })
  return page
}
/** The overlay's page that the editor shows, once it has its draft. */
async function previewOf(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('#preview', { state: 'attached' })
  const frame = await element.contentFrame()
  if (frame === null) throw new Error('The preview is no frame.')
  await frame.waitForSelector('ol.cc-feed[data-state=live] li', { state: 'attached' })
  return frame
}
const wears = (page: Page | Frame, theme: string, size: number) =>
  page.waitForFunction(
    ([name, px]) => {
      const { theme: worn, fontSize } = document.documentElement.dataset
      return worn === name && fontSize === String(px)
    },
    [theme, size] as const,
  )
const state = (page: Page, words: string) =>
  page.waitForFunction((text) => document.querySelector('.draft-state')?.textContent?.startsWith(text), words)
const kept = (page: Page) => page.waitForSelector('.draft-state[data-keeping=kept]')
const pick = (page: Page, theme: string) => page.check(`.theme-choice input[value=${theme}]`, { force: true })
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const shown = (frame: Page | Frame, text: string) =>
  frame.waitForFunction((words) => document.querySelector('ol.cc-feed')?.textContent?.includes(words), text)

test('follows every change in the preview at once, and on air only when it is published', async () => {
  const [onAir, page] = [await openOnAir(), await openEditor()]
  const preview = await previewOf(page)
  await wears(preview, 'clean', 28)
  await pick(page, 'captions')
  await page.fill('#set-fontSize', '40')
  await wears(preview, 'captions', 40)
  await state(page, 'Draft: 2 settings differ')
  await wears(onAir, 'clean', 28)
  await press(page, 'Publish')
  await wears(onAir, 'captions', 40)
  await state(page, 'As on air')
  assert.equal((await look()).published, { theme: 'captions', fontSize: 40 })
})

test('keeps a draft over a reload; the list says that there is one', async () => {
  const page = await openEditor()
  await page.fill('#set-fontSize', '33')
  await state(page, 'Draft: 1 setting differs')
  await kept(page)
  await page.reload()
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#set-fontSize')?.value === '33')
  await page.click('.editor-back')
  await page.waitForSelector('.draft-mark')
})

test('takes back and does again, by keys and buttons, and resets one setting to the theme', async () => {
  const page = await openEditor()
  const preview = await previewOf(page)
  await pick(page, 'neon')
  await page.fill('#set-fontSize', '50')
  await wears(preview, 'neon', 50)
  await page.locator('#set-fontSize').blur()
  await page.focus('#heading')
  await page.keyboard.press('Control+z')
  await wears(preview, 'neon', 28)
  await page.keyboard.press('Control+z')
  await wears(preview, 'clean', 28)
  await page.keyboard.press('Control+Shift+z')
  await press(page, 'Redo')
  await wears(preview, 'neon', 50)
  await press(page, 'Text size: back to the theme’s own')
  await wears(preview, 'neon', 28)
  await page.waitForSelector('[data-setting=fontSize] .own')
})

test('restores a published look into the draft, and on air when published again', async () => {
  const [onAir, page] = [await openOnAir(), await openEditor()]
  for (const size of ['30', '40']) {
    await page.fill('#set-fontSize', size)
    await state(page, 'Draft')
    await page.keyboard.press('Control+s')
    await wears(onAir, 'clean', Number(size))
    await state(page, 'As on air')
  }
  await press(page, 'Published looks')
  await page.waitForSelector('.versions li')
  assert.is(await page.locator('.versions li').count(), 3)
  await page.locator('.versions li').nth(1).getByRole('button', { name: 'Restore' }).click()
  await wears(await previewOf(page), 'clean', 30)
  await wears(onAir, 'clean', 40)
  await press(page, 'Publish')
  await wears(onAir, 'clean', 30)
  const { items } = await panel.json<{ items: VersionView[] }>('GET', `/api/overlays/${overlay.id}/versions`)
  assert.equal(
    items.map(({ settings }) => settings.fontSize),
    [30, 40, 30, undefined],
  )
})

test('exports a look that it imports again, and says what is wrong with another', async () => {
  const page = await openEditor()
  await pick(page, 'cards')
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Export this look')])
  const path = await download.path()
  assert.is(download.suggestedFilename(), 'main.look.json')
  await press(page, 'Back to what is on air')
  await press(page, 'Import a look')
  await page.fill('#import-text', '{"kind":"crosschat-look","version":1,"settings":{"fontSize":1000,"rainbow":true}}')
  await press(page, 'Take it into the draft')
  await page.waitForSelector('dialog .form-error li')
  const wrong = await page.locator('dialog .form-error li').allTextContents()
  assert.match(wrong.join('\n'), /^Text size: .*\n“rainbow” is not known here$/)
  await page.setInputFiles('#import-file', path)
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#import-text')?.value.includes('cards'))
  await press(page, 'Take it into the draft')
  await wears(await previewOf(page), 'cards', 28)
  assert.is((await look()).settings.theme, 'cards')
})

test('lets two windows on one draft overwrite nothing without being asked', async () => {
  const [one, two] = [await openEditor(), await openEditor()]
  await one.fill('#set-fontSize', '35')
  await wears(await previewOf(two), 'clean', 35)
  await two.evaluate(() => {
    const size = document.querySelector<HTMLInputElement>('[data-setting=maxMessages] input[type=number]')
    if (size) size.value = '7'
    size?.dispatchEvent(new InputEvent('input', { bubbles: true }))
  })
  await two.waitForSelector('.theirs')
  assert.equal((await look()).settings, { theme: 'clean', fontSize: 35 })
  await press(two, 'Take theirs')
  await two.waitForFunction(() => document.querySelector<HTMLInputElement>('#set-fontSize')?.value === '35')
  await two.waitForSelector('.theirs', { state: 'detached' })
})

test('loses nothing that is changed while the login has ended', async () => {
  const page = await openEditor()
  await page.context().clearCookies()
  await page.fill('#set-fontSize', '41')
  await page.waitForSelector('dialog[open] input[type=password]')
  await state(page, 'The draft is not kept yet')
  const name = (await panel.me()).account.username
  await page.fill('dialog input[autocomplete=username]', name).catch(() => null)
  await page.fill('dialog input[type=password]', 'plain long password')
  await page.keyboard.press('Enter')
  await state(page, 'Draft: 1 setting differs')
  assert.equal((await look()).settings, { theme: 'clean', fontSize: 41 })
})

test('strains the draft at a press, breaks the line and comes back', async () => {
  const page = await openEditor()
  const preview = await previewOf(page)
  await press(page, 'Pause')
  await press(page, 'Long name')
  await shown(preview, 'hello from far away')
  await press(page, 'Mod hides the last')
  await preview.waitForFunction(() => !document.body.textContent?.includes('hello from far away'))
  await press(page, 'Super chat')
  await shown(preview, 'Worth every minute of it!')
  await press(page, 'Line breaks')
  await preview.waitForSelector('ol.cc-feed[data-state=retry]', { state: 'attached' })
  await preview.waitForSelector('ol.cc-feed[data-state=live]', { state: 'attached' })
  await press(page, 'Raid')
  await shown(preview, 'raiding with 1,248')
})

test('replays a past stream in the preview, and on air nothing of it', async () => {
  await panel.startStream('Friday run')
  await panel.pushLines([ircLine('a', 'what a jump'), ircLine('b', 'do it again')])
  await panel.endStream()
  const [onAir, page] = [await openOnAir(), await openEditor()]
  const preview = await previewOf(page)
  await press(page, '×8')
  await press(page, 'Replay')
  await shown(preview, 'what a jump')
  await shown(preview, 'do it again')
  assert.is(await onAir.locator('.cc-msg').count(), 0)
})

test('goes by keyboard alone from the list to a published look', async () => {
  const onAir = await openOnAir()
  const page = await openPanel(browser, panel, '#/overlays', { viewport: { width: 1_440, height: 900 } })
  await page.waitForSelector('.overlay-one')
  await tabTo(page, 'a[href^="#/overlays/"]')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-setting=theme]')
  await page.waitForFunction(() => document.activeElement?.id === 'heading')
  await tabTo(page, '.theme-choice input')
  await page.keyboard.press('ArrowRight')
  await tabTo(page, '[data-setting=fontSize] input[type=range]')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Control+s')
  await wears(onAir, 'captions', 29)
})

test('makes, renames, duplicates and deletes overlays', async () => {
  const page = await openPanel(browser, panel, '#/overlays', {})
  await press(page, 'New overlay')
  await page.fill('#overlay-name', 'Side')
  await press(page, 'Make overlay')
  await press(page, 'Rename Side')
  await page.fill('#overlay-name', 'Vertical')
  await press(page, 'Rename overlay')
  await press(page, 'Duplicate Vertical')
  await page.waitForSelector('text=Vertical (copy)')
  await press(page, 'Delete Vertical')
  await press(page, 'Delete “Vertical”')
  await page.waitForFunction(() => document.querySelectorAll('.overlay-one').length === 2)
  const { items } = await panel.json<{ items: OverlayView[] }>('GET', '/api/overlays')
  assert.equal(
    items.map(({ name }) => name),
    ['Main', 'Vertical (copy)'],
  )
})

test('finds a setting by a word of it, and shows every group', async () => {
  const page = await openEditor()
  await page.fill('.search input', 'outline')
  await page.waitForSelector('[data-setting=outlineWidth]')
  await page.fill('.search input', '')
  for (const group of await page.locator('.folded summary').all()) await group.click()
  await page.waitForSelector('[data-setting=customCss]')
  const drawn = await page.locator('.setting').count()
  const { SETTINGS } = await import('../../server/look.ts')
  assert.is(drawn, Object.keys(SETTINGS).length)
  assert.equal(await violations(page), [])
})

for (const theme of ['dark', 'light'] as const) {
  for (const width of [320, 768, 1_440]) {
    test(`has no violation and no sideways scroll at ${width} px, ${theme}`, async () => {
      await panel.call('PUT', `/api/overlays/${overlay.id}/draft`, {
        revision: 0,
        settings: { theme: 'captions', fontSize: 20, panelOpacity: 50 },
      })
      const page = await openEditor({ theme, viewport: { width, height: 800 } })
      assert.equal([await violations(page), await overflow(page)], [[], 0])
      if (width < 768) {
        await press(page, 'Preview')
        await previewOf(page)
        assert.equal([await violations(page), await overflow(page)], [[], 0])
      }
      await page.click('.editor-back')
      await page.waitForSelector('.overlay-one')
      assert.equal([await violations(page), await overflow(page)], [[], 0])
    })
  }
}

/** Goes on by the Tab key until something that fits has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
  }
  throw new Error(`No stop of the Tab key fits ${selector}.`)
}
/** More than the page has stops. */
const MOST_TABS = 120

test.run()
