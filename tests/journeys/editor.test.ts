import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LookView, OverlayView, VersionView } from '../../server/api/overlays.ts'
import type { Frame, Page } from '../browsers/node_modules/playwright-core/index.js'
import { openPage } from '../help/browsers.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { LOOKS, openPanel, overflow, type PanelPageOptions, previewOf, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/** Somebody makes a look in the editor, beside an overlay that is on air, on the real server. */

const test = suite('editor')
const here = serve(test)
let panel: Panel
let overlay: OverlayView & { key: string }
let people = 0

/** A small PNG. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGM4EaABRAwQCgAljgUBqTNxyAAAAABJRU5ErkJggg==',
  'base64',
)

test.before.each(async () => {
  panel = await Panel.register(here.base, `look_maker_${people++}`)
  overlay = await panel.overlay()
})

const look = () => panel.json<LookView>('GET', `/api/overlays/${overlay.id}/draft`)

async function openEditor(options: PanelPageOptions = {}, id = overlay.id): Promise<Page> {
  const page = await openPanel(here.browser, panel, `#/overlays/${id}`, {
    viewport: { width: 1_440, height: 900 },
    ...options,
  })
  await page.waitForSelector('[data-setting=theme]')
  return page
}
async function openOnAir(): Promise<Page> {
  const page = await openPage(here.browser, { viewport: { width: 600, height: 800 } })
  await page.goto(overlay.url)
  await page.waitForSelector('ol.cc-feed[data-state=live]', { state: 'attached' })
  return page
}
/** The overlay's page that the editor shows, once it has its draft. */
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

test('puts every settled change on air while it pushes, undo too, and keeps one version of it', async () => {
  const [onAir, page] = [await openOnAir(), await openEditor()]
  await page.fill('#set-fontSize', '30')
  await state(page, 'Draft: 1 setting differs')
  await page.click('.push-switch .toggle')
  await wears(onAir, 'clean', 30)
  await page.waitForSelector('.push-mark')
  await pick(page, 'neon')
  await wears(onAir, 'neon', 30)
  await state(page, 'As on air. Every change goes there at once.')
  await press(page, 'Undo')
  await wears(onAir, 'clean', 30)
  await state(page, 'As on air')
  await page.click('.push-switch .toggle')
  await page.waitForSelector('.push-mark', { state: 'detached' })
  await page.fill('#set-fontSize', '50')
  await state(page, 'Draft: 1 setting differs')
  await kept(page)
  await wears(onAir, 'clean', 30)
  const { items } = await panel.json<{ items: VersionView[] }>('GET', `/api/overlays/${overlay.id}/versions`)
  assert.equal(
    items.map(({ settings }) => settings.fontSize),
    [30, undefined],
  )
})

test('closes with the last change on air while it pushes', async () => {
  const [onAir, page] = [await openOnAir(), await openEditor()]
  await page.click('.push-switch .toggle')
  await page.fill('#set-fontSize', '44')
  await page.click('.editor-back')
  await wears(onAir, 'clean', 44)
})

test('shows the preview with and without the custom CSS; on air it stays', async () => {
  const css = '.cc-msg { letter-spacing: 7px }'
  await panel.call('PUT', `/api/overlays/${overlay.id}/draft`, { revision: 0, settings: { customCss: css } })
  await panel.call('POST', `/api/overlays/${overlay.id}/publish`, { revision: 1 })
  const page = await openEditor()
  const spaced = (frame: Frame, wide: boolean) =>
    frame.waitForFunction((wanted) => {
      const row = document.querySelector('.cc-msg')
      return row !== null && (getComputedStyle(row).letterSpacing === '7px') === wanted
    }, wide)
  await spaced(await previewOf(page), true)
  const toggle = page.locator('.scene-tools .toggle', { hasText: 'Custom CSS' })
  await toggle.click()
  await page.waitForSelector('#preview[src*="safe=1"]')
  await spaced(await previewOf(page), false)
  await toggle.click()
  await page.waitForSelector('#preview:not([src*="safe=1"])')
  await spaced(await previewOf(page), true)
  assert.equal((await look()).settings, (await look()).published)
})

test('lays a picture of one’s own behind the preview, in both shapes, keeps it in this browser and forgets it', async () => {
  const page = await openEditor()
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url())
  })
  await page.setInputFiles('#own-picture', { name: 'game.svg', mimeType: 'image/svg+xml', buffer: picture })
  await behind(page, 1_920, 1_080)
  await press(page, '9 : 16')
  await behind(page, 1_080, 1_920)
  assert.equal(await violations(page), [])
  await page.reload()
  await behind(page, 1_920, 1_080)
  await page.selectOption('#backdrop', 'snow')
  await page.waitForSelector('.own-backdrop', { state: 'detached' })
  await page.selectOption('#backdrop', 'own')
  await press(page, 'Remove your picture')
  await page.waitForSelector('.own-backdrop', { state: 'detached' })
  await page.reload()
  await page.waitForSelector('[data-setting=theme]')
  assert.is(await keptPictures(page), 0)
  assert.is(await page.locator('#backdrop option[value=own]').count(), 0)
  assert.equal(sent, [], 'nothing of it is sent anywhere')
})

test('takes a dropped picture, and says why it takes no SVG', async () => {
  const page = await openEditor()
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>top.hurt = 1</script></svg>')
  await drop(page, 'dragover', 'game.png', svg)
  await page.waitForSelector('.drop-place')
  await drop(page, 'drop', 'game.png', svg)
  await page.waitForSelector('.drop-place', { state: 'detached' })
  await page.waitForSelector('.toast-err:has-text("PNG, JPEG, WebP or AVIF")')
  assert.is(await page.locator('.own-backdrop').count(), 0)
  await drop(page, 'drop', 'game.txt', picture)
  await behind(page, 1_920, 1_080)
})

test('shows one person’s picture to nobody else in the same browser', async () => {
  const page = await openEditor()
  await page.setInputFiles('#own-picture', { name: 'game.png', mimeType: 'image/png', buffer: picture })
  await behind(page, 1_920, 1_080)
  const other = await Panel.register(here.base, `look_maker_${people++}`)
  const cookies = other.cookie
    .split('; ')
    .map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.split('=')[1] ?? '', url: here.base }))
  await page.context().clearCookies()
  await page.context().addCookies(cookies)
  const { id } = await other.overlay()
  await page.goto(`${here.base}/admin/?other#/overlays/${id}`)
  await page.waitForSelector('[data-setting=theme]')
  assert.is(await keptPictures(page), 1)
  assert.is(await page.locator('.own-backdrop').count(), 0)
})

test('goes by keyboard alone from the list to a published look', async () => {
  const onAir = await openOnAir()
  const page = await openPanel(here.browser, panel, '#/overlays', { viewport: { width: 1_440, height: 900 } })
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
  const page = await openPanel(here.browser, panel, '#/overlays', {})
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
  await page.waitForFunction(() => document.activeElement?.id === 'heading')
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
  await page.fill('#set-customCss', '.cc-name { colour: red }')
  await page.waitForSelector('.troubles li')
  assert.equal(await violations(page), [])
})

for (const { theme, width } of LOOKS) {
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

/** The picture fills the place behind the overlay, drawn by this browser from what it has itself. */
const behind = (page: Page, width: number, height: number) =>
  page.waitForFunction(
    (size) => {
      const image = document.querySelector<HTMLImageElement>('.own-backdrop')
      if (!image?.complete || image.naturalWidth === 0 || !image.src.startsWith('blob:')) return false
      return image.offsetWidth === size.width && image.offsetHeight === size.height
    },
    { width, height },
  )

/** What this browser keeps for the editor. */
function keptPictures(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await asked(indexedDB.open('crosschat.editor', 1))
    const count = await asked(database.transaction('backdrop').objectStore('backdrop').count())
    database.close()
    return count
  })
}

/** A file held over the page, or let go there. */
function drop(page: Page, what: 'dragover' | 'drop', name: string, content: Buffer): Promise<void> {
  return page.evaluate(
    ({ what, name, bytes }) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }))
      document.body.dispatchEvent(new DragEvent(what, { dataTransfer, bubbles: true, cancelable: true }))
    },
    { what, name, bytes: [...content] },
  )
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
