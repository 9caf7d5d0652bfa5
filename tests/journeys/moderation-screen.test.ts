import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView, HeldView, PeopleView } from '../../server/api/moderation.ts'
import type { DockView } from '../../server/api/overlays.ts'
import { NO_RULES, type Rules } from '../../workers/ruled.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { openPage } from '../help/browsers.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { LOOKED_AT, openPanel, overflow, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/** The panel's screen of moderation, beside a dock and an overlay on the real server. */

const test = suite('panel: moderation')
const here = serve(test)
let people = 0

const RULES = '/api/moderation/rules'
async function newPanel(rules: Partial<Rules> = {}): Promise<Panel> {
  const panel = await Panel.register(here.base, `screen_${people++}`)
  await panel.json('PUT', RULES, { ...NO_RULES, ...rules })
  return panel
}
async function open(panel: Panel, part: string, options = {}): Promise<Page> {
  const page = await openPanel(here.browser, panel, `#/moderation/${part}`, options)
  await page.waitForSelector(`#part-${part}`)
  return page
}
async function openDock(panel: Panel): Promise<Page> {
  const { url } = await panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'moderate' })
  const page = await openPage(here.browser, { viewport: { width: 300, height: 600 } })
  await page.goto(url)
  await page.waitForSelector('.lights li')
  return page
}
async function openOverlay(panel: Panel): Promise<Page> {
  const page = await openPage(here.browser, { viewport: { width: 600, height: 800 } })
  await page.goto((await panel.overlay()).url)
  await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
  return page
}
const textsAre = (page: Page, selector: string, wanted: string) =>
  page.waitForFunction(
    ([where, texts]) =>
      [...document.querySelectorAll(where ?? '')].map(({ textContent }) => textContent?.trim()).join('|') === texts,
    [selector, wanted] as const,
  )
const press = (page: Page, label: string) => page.click(`[aria-label="${label}"]`)
const queue = async (panel: Panel) =>
  (await panel.json<HeldView>('GET', '/api/moderation/held')).items.map(({ event }) => event.id)

test('releases and refuses from panel and dock; both and the overlay are in step', async () => {
  const panel = await newPanel({ everything: true })
  const [page, dock, overlay] = await Promise.all([open(panel, 'queue'), openDock(panel), openOverlay(panel)])
  await panel.pushLines([ircLine('a', 'one', 'Ada'), ircLine('b', 'two', 'Bo'), ircLine('c', 'three', 'Cy')])
  await textsAre(page, '.held-line strong', 'Ada|Bo|Cy')
  await textsAre(dock, '.held .name', 'Ada|Bo|Cy')
  await textsAre(page, '.part-count', '3 waiting')
  await press(dock, 'Release: message by Bo')
  await textsAre(overlay, 'li.cc-msg .cc-text', 'two')
  await textsAre(page, '.held-line strong', 'Ada|Cy')
  await textsAre(dock, '.held .name', 'Ada|Cy')
  await press(page, 'Keep hidden the message by Cy')
  await textsAre(dock, '.held .name', 'Ada')
  await page.focus('.held-line')
  await page.keyboard.press('a')
  await textsAre(overlay, 'li.cc-msg .cc-text', 'two|one')
  await page.waitForSelector('text=Nothing waits for you.')
  await dock.waitForFunction(() => document.querySelector('.waiting') === null)
  assert.equal(await queue(panel), [])
})

test('takes one decision after the other, also before the answers are there', async () => {
  const panel = await newPanel({ everything: true })
  const page = await open(panel, 'queue')
  await panel.pushLines([ircLine('a', 'one', 'Ada'), ircLine('b', 'two', 'Bo'), ircLine('c', 'three', 'Cy')])
  await textsAre(page, '.held-line strong', 'Ada|Bo|Cy')
  const waiting: (() => void)[] = []
  let allAsked = () => {}
  const all = new Promise<void>((resolve) => (allAsked = resolve))
  await page.route('**/api/moderation/held/**', async (route) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      if (waiting.length === 3) allAsked()
    })
    await route.continue()
  })
  await page.focus('.held-line')
  for (const key of ['a', 'h', 'a']) await page.keyboard.press(key)
  await all
  for (const answer of waiting) answer()
  await page.waitForSelector('text=Nothing waits for you.')
  assert.equal(await queue(panel), [])
})

test('works through the dock’s queue by keyboard, and tells who was late', async () => {
  const panel = await newPanel({ everything: true })
  const dock = await openDock(panel)
  await panel.pushLines([ircLine('a', 'one', 'Ada'), ircLine('b', 'two', 'Bo')])
  await textsAre(dock, '.held .name', 'Ada|Bo')
  await dock.focus('.held')
  await dock.keyboard.press('h')
  await textsAre(dock, '.held .name', 'Bo')
  await dock.route('**/api/moderation/held/**', async (route) => {
    await panel.call('POST', '/api/moderation/held/twitch%3Ab/refuse')
    await route.continue()
  })
  await press(dock, 'Release: message by Bo')
  await dock.waitForSelector('text=Somebody has decided about this message already.')
  await dock.waitForFunction(() => document.querySelector('.waiting') === null)
  assert.equal(await violations(dock), [])
})

test('holds everything at once, and leaves what is typed and not saved alone', async () => {
  const panel = await newPanel({ words: ['spoiler'] })
  const page = await open(panel, 'words')
  await page.fill('#new-words', 'boo')
  await page.click('nav.parts >> text=Queue')
  const answered = page.waitForResponse((response) => response.request().method() === 'PUT')
  await page.click('#hold-all')
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#hold-all')?.checked === true)
  await answered
  const saved = await panel.json<Rules>('GET', RULES)
  assert.equal([saved.everything, saved.words], [true, ['spoiler']])
  await page.click('nav.parts >> text=Words')
  assert.is(await page.inputValue('#new-words'), 'boo')
})

test('loses nothing that was typed: it is back after a reload, and gone once it is saved or discarded', async () => {
  const panel = await newPanel()
  const page = await open(panel, 'words')
  await page.fill('#new-words', 'boo\nbad idea')
  await page.click('text=Whole word')
  await page.click('text=Add 2 words')
  await page.fill('#new-words', 'half a wor')
  await page.reload()
  await page.waitForSelector('text=What you typed before is back.')
  await textsAre(page, '.word-line bdi', 'boo|bad idea')
  assert.is(await page.inputValue('#new-words'), 'half a wor')
  await page.click('text=Save rules')
  await page.waitForFunction(() => document.querySelector('.save-bar') === null)
  const whole = (text: string) => ({ text, match: 'whole', action: 'hide' })
  assert.equal((await panel.json<Rules>('GET', RULES)).words, ['half a wor', whole('boo'), whole('bad idea')])
  await page.reload()
  await textsAre(page, '.word-line bdi', 'half a wor|boo|bad idea')
  await page.click('[aria-label="Take boo off the list"]')
  await page.click('text=Discard')
  await textsAre(page, '.word-line bdi', 'half a wor|boo|bad idea')
})

test('says where a host is wrong, and keeps what was typed', async () => {
  const panel = await newPanel()
  const page = await open(panel, 'filters')
  await page.click('#filter-links')
  await page.fill('#rules-allow', 'example.org\nnot a host')
  await page.click('text=Save rules')
  await page.waitForSelector('text=Line 2: write the name of a host')
  await page.fill('#rules-allow', 'example.org\nhttps://www.else.example/page')
  await page.click('text=Save rules')
  await page.waitForFunction(() => document.querySelector('.save-bar') === null)
  assert.equal((await panel.json<Rules>('GET', RULES)).links, {
    action: 'hide',
    allow: ['example.org', 'else.example'],
  })
})

test('tries rules that are not saved yet', async () => {
  const panel = await newPanel({ words: ['spoiler'] })
  const page = await open(panel, 'words')
  const verdictIs = (text: string) => textsAre(page, '.verdict', text)
  await page.fill('#try-text', 'no SPOI\u200bLERS please')
  await page.keyboard.press('Enter')
  await verdictIs('It would be hidden: the word “spoiler”.')
  await page.click('[aria-label="Take spoiler off the list"]')
  await verdictIs('')
  await page.click('text="Test"')
  await verdictIs('It would be shown.')
  assert.equal((await panel.json<Rules>('GET', RULES)).words, ['spoiler'], 'nothing was saved')
})

test('lists who is hidden, notes something, and shows them again', async () => {
  const panel = await newPanel()
  const live = await openPanel(here.browser, panel, '#/live')
  await live.waitForSelector('.feed')
  await panel.pushLines([ircLine('a', 'buy viewers', 'Buyer')])
  await live.hover('.row')
  await press(live, 'More about this message by Buyer')
  await live.click('.row-menu >> text=Hide all by Buyer')
  await live.waitForSelector('.row[data-struck]')
  const page = await open(panel, 'people')
  await page.fill('[aria-label="Note about Buyer"]', 'sells viewers')
  const noted = page.waitForResponse(
    (answer) => answer.request().method() !== 'GET' && answer.url().includes('/people'),
  )
  await page.keyboard.press('Tab')
  await page.waitForFunction(() => document.activeElement?.textContent?.includes('Show Buyer again'))
  // A page that is left takes its calls with it.
  await noted
  await page.reload()
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.note')?.value === 'sells viewers')
  await page.click('text=Show Buyer again')
  await page.waitForSelector('text=Nobody is hidden.')
  assert.equal((await panel.json<PeopleView>('GET', '/api/moderation/people')).items, [])
  await live.waitForFunction(() => document.querySelector('.row[data-struck]') === null)
})

test('says until when somebody is hidden, and lets them go from the list when the stream ends', async () => {
  const panel = await newPanel()
  await panel.startStream()
  const hide = (authorId: string, name: string, lasts?: number | 'stream') =>
    panel.json('POST', '/api/moderation/people', { platform: 'twitch', authorId, name, lasts })
  await hide('1', 'Ada')
  await hide('2', 'Bo', 'stream')
  await hide('3', 'Cy', 3_600)
  const page = await open(panel, 'people')
  await textsAre(page, '.line strong', 'Cy|Bo|Ada')
  assert.match((await page.textContent('.line:has-text("Cy")')) ?? '', /for another (60|59) min/)
  assert.match((await page.textContent('.line:has-text("Bo")')) ?? '', /until the stream ends/)
  assert.not.match((await page.textContent('.line:has-text("Ada")')) ?? '', /until|another/)
  await panel.endStream()
  await textsAre(page, '.line strong', 'Cy|Ada')
})

test('takes back the newest change of the rules', async () => {
  const panel = await newPanel({ words: ['spoiler'] })
  await panel.json('PUT', RULES, { ...NO_RULES, words: ['spoiler', 'secret'] })
  const page = await open(panel, 'log')
  await page.click('text="Undo"')
  await page.waitForSelector('text=took a change of the rules back')
  assert.equal((await panel.json<{ words: unknown[] }>('GET', RULES)).words, ['spoiler'])
  await page.click('[href="#/moderation/words"]')
  await textsAre(page, '.word-line bdi', 'spoiler')
})

test('shows who did what, page by page, and takes it back', async () => {
  const panel = await newPanel()
  await panel.pushLines([ircLine('a', 'cheap viewers', 'Buyer')])
  await panel.json('POST', '/api/moderation/hide', { id: 'twitch:a' })
  const page = await open(panel, 'log')
  await page.waitForSelector('text=hid a message by')
  await page.click('text="Undo"')
  await page.waitForSelector('text=taken back')
  const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  assert.equal(
    items.map(({ what }) => what),
    ['unhide', 'hide', 'rules'],
  )
  for (let nth = 0; nth < 60; nth++) await panel.json('POST', '/api/moderation/panic', { on: nth % 2 === 0 })
  await page.reload()
  await page.waitForFunction(() => document.querySelectorAll('.line').length === 50)
  await page.click('text=Show older ones')
  await page.waitForFunction(() => document.querySelectorAll('.line').length === 63)
})

for (const theme of ['dark', 'light'] as const) {
  test(`fits from 320 px on and gives axe nothing to say, ${theme}`, async () => {
    const words = [
      'spoiler',
      { text: 'a very long phrase that needs to be broken', match: 'whole', action: 'hold' },
    ] as const
    const panel = await newPanel({
      words: [...words],
      links: { action: 'hold', allow: [] },
      caps: { action: 'hide', share: 70, least: 10 },
    })
    await panel.json('POST', '/api/moderation/people', { platform: 'twitch', authorId: '5', name: 'Buyer' })
    await panel.pushLines([ircLine('a', 'see https://else.example/a/rather/long/address/that/has/no/end/in/sight')])
    for (const width of LOOKED_AT[theme]) {
      for (const part of ['words', 'filters', 'people', 'queue', 'log']) {
        const page = await open(panel, part, { theme, viewport: { width, height: 800 } })
        await page.waitForFunction(() => document.querySelector('.skeleton') === null)
        assert.is(await overflow(page), 0, `${part} at ${width}`)
        assert.equal(await violations(page), [], `${part} at ${width}`)
        await page.context().close()
      }
    }
  })
}

test.run()
