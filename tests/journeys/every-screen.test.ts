import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { german } from '../../admin/language/de/index.ts'
import { type Browser, CURRENT, openEngine, type Page } from '../help/browsers.ts'
import { type BusyChannel, fillChannel, TITLES } from '../help/busy-channel.ts'
import { NOWHERE } from '../help/outside.ts'
import { Panel } from '../help/panel.ts'
import { LOOKED_AT, openPanel, overflow, violations } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/**
 * Every screen of the panel in the middle of an evening: at three widths, in both palettes and both languages. With
 * CROSSCHAT_SHOTS a picture of each goes into that folder.
 */

const WIDTHS = [1440, 768, 320]
const SHOTS = process.env.CROSSCHAT_SHOTS

interface Screen {
  name: string
  hash: (channel: BusyChannel) => string
  /** There once the screen shows what it is about. */
  ready: string
  /** Seen by somebody who is not signed in. */
  outside?: true
}
const SCREENS: readonly Screen[] = [
  { name: 'live', hash: () => 'live', ready: '.feed .row' },
  { name: 'history', hash: () => 'history', ready: '.stream-line' },
  { name: 'stream', hash: ({ stream }) => `history/${stream.id}`, ready: '.transcript .row' },
  { name: 'overlays', hash: () => 'overlays', ready: '.overlay-one' },
  { name: 'editor', hash: ({ overlay }) => `overlays/${overlay.id}`, ready: '.editor iframe' },
  { name: 'words', hash: () => 'moderation/words', ready: '#part-words' },
  { name: 'filters', hash: () => 'moderation/filters', ready: '#part-filters' },
  { name: 'queue', hash: () => 'moderation/queue', ready: '#part-queue' },
  { name: 'hidden-people', hash: () => 'moderation/people', ready: '#part-people' },
  { name: 'log', hash: () => 'moderation/log', ready: '#part-log' },
  { name: 'accounts', hash: () => 'accounts', ready: '#main .card' },
  { name: 'docks', hash: () => 'docks', ready: '#main .card' },
  { name: 'keys', hash: () => 'keys', ready: '#main .card' },
  { name: 'webhooks', hash: () => 'webhooks', ready: '#main .card' },
  { name: 'people', hash: () => 'people', ready: '#main .card' },
  { name: 'settings', hash: () => 'settings', ready: '#main .card' },
  { name: 'engine', hash: () => 'engine', ready: '#main h1' },
  { name: 'instance', hash: () => 'instance', ready: '#main .card' },
  { name: 'missing', hash: () => 'nowhere/at/all', ready: '#main h1' },
  { name: 'invite', hash: ({ invite }) => invite, ready: 'h1' },
  { name: 'login', hash: () => 'login', ready: '#login-username', outside: true },
  { name: 'register', hash: () => 'register', ready: '#register-username', outside: true },
]

const test = suite('panel: every screen')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let browser: Browser
let channel: BusyChannel

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path, env: { ...NOWHERE, CROSSCHAT_REGISTRATION: 'open' } })
  channel = await fillChannel(server.base, 'quiet_otter')
  browser = await openEngine(CURRENT)
})
test.after(async () => {
  await browser?.close()
  await server.end('SIGKILL')
  await data.remove()
})
test.after.each(async () => {
  for (const context of browser.contexts()) await context.close()
})

async function open({ hash, ready, outside }: Screen, page: Page | null, options: object): Promise<Page> {
  const who = outside ? new Panel(server.base) : channel.panel
  const opened = page ?? (await openPanel(browser, who, '#/', options))
  await opened.setViewportSize({ width: WIDTHS[0] ?? 0, height: 900 })
  await opened.goto(`${server.base}/admin/#/${hash(channel)}`)
  await opened.waitForSelector(ready)
  await opened.waitForFunction(() => document.querySelector('.skeleton') === null)
  return opened
}

for (const theme of ['dark', 'light'] as const) {
  for (const outside of [false, true]) {
    test(`fits and has nothing for axe to find, ${outside ? 'signed out' : 'signed in'}, ${theme}`, async () => {
      const wrong: string[] = []
      let page: Page | null = null
      for (const screen of SCREENS.filter((each) => Boolean(each.outside) === outside)) {
        page = await open(screen, page, { theme })
        wrong.push(...(await troublesAt(page, screen, theme, LOOKED_AT[theme])))
      }
      assert.equal(wrong, [])
    })
  }
}

for (const outside of [false, true]) {
  test(`fits in German and leaves nothing English, ${outside ? 'signed out' : 'signed in'}`, async () => {
    const wrong: string[] = []
    let page: Page | null = null
    for (const screen of SCREENS.filter((each) => Boolean(each.outside) === outside)) {
      page = await open(screen, page, { locale: 'de-DE' })
      wrong.push(...(await english(page)).map((text) => `${screen.name}: ${text}`))
      wrong.push(...(await troublesAt(page, screen, 'german')))
    }
    assert.equal(wrong, [])
  })
}

async function troublesAt(
  page: Page,
  { name }: Screen,
  kind: string,
  looked: readonly number[] = [],
): Promise<string[]> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const over = await overflow(page)
    if (over > 0) found.push(`${name} at ${width}: ${over} px too wide`)
    const wrong = looked.includes(width) ? await violations(page) : []
    found.push(...wrong.map((each) => `${name} at ${width}: ${each}`))
    if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}-${kind}-${width}.png`) })
  }
  return found
}

const GERMAN = new Set(
  Object.values(german).flatMap((value) => (typeof value === 'string' ? value : Object.values(value))),
)
/** What would stand on a screen that speaks English and on none that speaks German. */
const ENGLISH = Object.keys(german)
  .filter((text) => !text.includes('{'))
  .map((text) => text.replace(/\|.*$/, ''))
  .filter((text) => !GERMAN.has(text))
/** Words of English that no German sentence holds. */
const TELLTALE = /\b(?:the|this|that|is|are|your|you|of|with|nothing|every|each)\b/i

/** What is read or heard on the page and is English, beside what people and programs wrote. */
function english(page: Page): Promise<string[]> {
  return page.evaluate(
    ([texts, telltale, titles]) => {
      const known = new Set<string>(texts)
      const pattern = new RegExp(telltale, 'i')
      const foreign =
        'bdi, noscript, code, pre, .row, .stream-line-title, .words, [lang=en], [data-written], script, style, iframe'
      const said: string[] = []
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        if (node.parentElement?.closest(foreign) === null) said.push(node.textContent?.trim() ?? '')
      }
      for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
        if (element.closest(foreign) !== null) continue
        for (const name of ['aria-label', 'title', 'placeholder']) said.push(element.getAttribute(name)?.trim() ?? '')
      }
      said.push(document.title)
      return [
        ...new Set(
          said.filter(
            (text) => known.has(text) || (pattern.test(text) && !titles.some((title) => text.includes(title))),
          ),
        ),
      ]
    },
    [ENGLISH, TELLTALE.source, TITLES] as const,
  )
}

test.run()
