import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Archived } from '../../server/stores/archive.ts'
import { type Browser, openEngine, openPage, type Page } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { PASSWORD, Panel } from '../help/panel.ts'
import { previewOf } from '../help/panel-page.ts'
import { Relay } from '../help/relay.ts'
import { seenRows, watchRows } from '../help/seen-rows.ts'
import { serve } from '../help/serve.ts'
import { Kick } from '../help/stand-ins/kick.ts'
import type { ChatStandIn } from '../help/stand-ins/stand-in.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'
import { YouTube } from '../help/stand-ins/youtube.ts'
import { tell } from '../help/tell.ts'
import { unpaced } from '../help/unpaced.ts'

/** A whole evening, from the first page that anybody sees to the replay of what was said. */

const MESSAGES = 3_000
/** Written at once: fewer than a page keeps, so that it draws each of them. */
const AT_ONCE = 60
/** One platform's part of that. */
const TURN = AT_ONCE / 3
/** After so many, the moderator has work. */
const HALF = 1_500
const TYPED: Record<string, string> = { twitch: 'cool_channel', youtube: '@coolchannel', kick: 'cool_channel' }
/** High enough for every row that comes at once: what does not fit is never drawn. */
const HIGH = { width: 600, height: 6_000 }
const ALL = '?max=100&nocmd=0&nobots=0&in=none&out=none&first=0&featured=panel'
const CROWD = ['Noodle_Knight', 'Mossy_Otter', 'Calm_Badger', 'Quiet_Heron', 'Loud_Seller']
const SELLER = 'Loud_Seller'
/** What the moderator takes in hand; all of it stands in the feed when half is said. */
const SLIP = 'twitch says 498'
const GEM = 'youtube says 497'
const SPAM = 'kick says 499'
const TITLE = 'Noodles at midnight'

const test = suite('a whole evening')
let chats: ChatStandIn[]
let onAir: OnAir | undefined
let heard: Listener | undefined
test.before(async () => {
  chats = await Promise.all([TwitchIrc.start(), YouTube.start(), Kick.start()])
})
const here = serve(test, {
  env: () => ({
    ...NOWHERE,
    ...(Object.assign({}, ...chats.map(({ env }) => env)) as Record<string, string>),
    CROSSCHAT_YOUTUBE_API_KEY: 'sample-key-of-a-test',
  }),
})
test.after.each(async () => {
  heard?.close()
  await onAir?.close()
})
test.after(async () => {
  for (const chat of chats) await chat.close()
})

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
const row = (page: Page, text: string) => page.locator('.feed .row').filter({ hasText: text })
const go = (page: Page, hash: string) => page.evaluate((place) => location.assign(place), hash)

async function register(page: Page): Promise<Panel> {
  const printed = /Open (http:\S+\/admin\/#\/setup\/\S+)/.exec(here.server.output())?.[1] ?? ''
  await page.goto(printed)
  await page.fill('#register-username', 'quiet_otter')
  await page.fill('#register-password', PASSWORD)
  await press(page, 'Make account')
  await page.waitForSelector('.checklist-card')
  return Panel.login(here.base, 'quiet_otter')
}

async function connect(page: Page): Promise<void> {
  for (const { platform } of chats) {
    await go(page, `#/accounts/${platform}`)
    const card = page.locator(`.account:has(#account-${platform})`)
    await page.fill(`#${platform}-channel`, TYPED[platform] ?? '')
    const choice = card.locator('form > .toggle-said .toggle')
    if ((await choice.count()) > 0) await choice.first().click()
    await card.getByRole('button', { name: 'Connect', exact: true }).click()
    await page.waitForSelector(`.account:has(#account-${platform})[data-state=live]`)
  }
}

async function begin(page: Page): Promise<void> {
  await go(page, '#/live')
  await page.click('.button-stream')
  await page.fill('#stream-title', TITLE)
  await page.click('dialog button[type=submit]')
  await page.waitForSelector('.button-stream:has-text("End stream")')
}

/** An overlay in OBS's older engine that shows everything at the pace at which it comes. */
class OnAir {
  readonly page: Page
  readonly #browser: Browser
  readonly #relay: Relay

  constructor(page: Page, browser: Browser, relay: Relay) {
    this.page = page
    this.#browser = browser
    this.#relay = relay
  }

  static async open(url: string): Promise<OnAir> {
    const browser = await openEngine('103')
    const relay = await Relay.to(here.server.port, unpaced)
    const page = await openPage(browser, { viewport: HIGH })
    await page.goto(url.replace(here.base, relay.base).replace('#', `${ALL}#`))
    await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
    await watchRows(page)
    return new OnAir(page, browser, relay)
  }

  /** Until it has drawn so many rows since it was opened. */
  drew(rows: number): Promise<unknown> {
    return this.page.waitForFunction(
      (least) => (window as unknown as { seenRows: string[] }).seenRows.length >= least,
      rows,
    )
  }

  untilWithout(gone: string): Promise<unknown> {
    return this.page.waitForFunction((words) => !document.body.textContent?.includes(words), gone)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    this.#relay.close()
  }
}

/** Everybody writes on every platform, and goes on when all of it is drawn. */
async function talk(heard: Listener, onAir: OnAir, from: number, to: number): Promise<void> {
  for (let said = from; said < to; said += AT_ONCE) {
    for (const chat of chats) {
      for (let nth = said / 3; nth < said / 3 + TURN; nth++) {
        chat.say(CROWD[nth % CROWD.length] ?? SELLER, `${chat.platform} says ${nth}`)
      }
    }
    await heard.until(() => saidIn(heard.events).length >= said + AT_ONCE)
    await onAir.drew(toBeDrawn(saidIn(heard.events)).length)
  }
}

interface Said {
  id: string
  platform: string
  text: string
  author: string
}

const saidIn = (events: readonly Archived[]): Said[] =>
  events.flatMap((event) =>
    event.kind === 'message'
      ? [{ id: event.id, platform: event.platform, text: event.text, author: event.author.name }]
      : [],
  )

/** Nothing lost, nothing doubled, each platform in its order. */
function assertWhole(lines: readonly { platform: string; text: string }[], what: string): void {
  for (const { platform } of chats) {
    const own = lines.filter((line) => line.platform === platform).map(({ text }) => text)
    assert.equal(
      own,
      Array.from({ length: MESSAGES / 3 }, (_, nth) => `${platform} says ${nth}`),
      `${what}: ${platform}`,
    )
  }
}

/** One message is hidden, one person, one message is shown large and taken down, one marked. */
async function moderate(page: Page, onAir: OnAir): Promise<void> {
  await row(page, SLIP).focus()
  await page.keyboard.press('h')
  await onAir.untilWithout(SLIP)
  await row(page, SPAM).locator('.name-button').click()
  await press(page, 'Hide this person')
  await page.waitForSelector('.person-hidden')
  await page.keyboard.press('Escape')
  await onAir.untilWithout(SPAM)
  await row(page, GEM).focus()
  await page.keyboard.press('m')
  await page.waitForSelector(`.moment-go:has-text("${GEM}")`)
  await page.keyboard.press('f')
  await onAir.page.waitForFunction((gem) => document.querySelector('.cc-featured')?.textContent?.includes(gem), GEM)
  await page.click('.featured-card >> text=Clear')
  await onAir.page.waitForFunction(() => !document.querySelector('.cc-featured')?.hasChildNodes())
}

type Fate = 'shown' | 'taken away' | 'never shown'

/** What became of a message. */
function fateOf({ platform, author, text }: Said): Fate {
  if (platform !== 'kick' || author !== SELLER) return text === SLIP ? 'taken away' : 'shown'
  return Number(text.split(' ').at(-1)) < HALF / 3 ? 'taken away' : 'never shown'
}

const toBeDrawn = (said: readonly Said[]) => said.filter((each) => fateOf(each) !== 'never shown')

/** Every message once, in the one order, but for what was never to be seen. */
async function assertDrawn(onAir: OnAir, said: readonly Said[]): Promise<void> {
  const wanted = toBeDrawn(said).map(({ id }) => id)
  assert.equal(await seenRows(onAir.page), wanted)
  tell(`the overlay drew ${wanted.length} of ${said.length} messages, each once`)
}

async function end(page: Page): Promise<void> {
  await page.click('.button-stream')
  await press(page, 'End & archive')
  await page.waitForSelector('.button-stream:has-text("Start stream")')
}

/** Leads to the last of what a search with operators finds. */
async function findAgain(page: Page): Promise<void> {
  await page.click('.places a:has-text("History")')
  await page.waitForSelector(`.stream-line:has-text("${TITLE}"):has-text("3,000 messages")`)
  await page.fill('#filter', `from:${SELLER} platform:kick "says 99" -994`)
  await page.waitForSelector('.hit')
  // One answer reads so many rows and no more: the rest of them is asked for.
  if ((await page.locator('.hit').count()) < 2) await press(page, 'Search on')
  await page.waitForFunction(() => document.querySelectorAll('.hit').length === 2)
  await page.click('.hit:has(.hit-line:has-text("kick says 999"))')
  await page.waitForSelector('.row[data-found]:has-text("kick says 999")')
}

/** What the file holds that is saved in this form. */
async function saved(page: Page, format: string): Promise<string> {
  await page.click('#export-transcript')
  await page.selectOption('#export-format', format)
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Save file')])
  await page.waitForSelector('dialog', { state: 'detached' })
  return readFile(await download.path(), 'utf8')
}

const fateIn = (kept: Archived): Fate => {
  if (kept.kind === 'gap') return 'never shown'
  return kept.removed ? 'taken away' : 'hidden' in kept ? 'never shown' : 'shown'
}

async function assertFiles(page: Page): Promise<void> {
  const kept: Archived[] = JSON.parse(await saved(page, 'json'))
  assertWhole(saidIn(kept), 'json')
  for (const each of kept) for (const said of saidIn([each])) assert.is(fateIn(each), fateOf(said), said.text)
  const rows: Record<string, string>[] = parse(await saved(page, 'csv'), { columns: true, bom: true })
  const cells = rows.filter(({ kind }) => kind === 'message')
  assertWhole(
    cells.map(({ platform = '', text = '' }) => ({ platform, text })),
    'csv',
  )
  assertWhole(await linesOf(await saved(page, 'html')), 'html')
}

/** The lines of an exported page, as a browser shows them. */
async function linesOf(text: string): Promise<{ platform: string; text: string }[]> {
  const page = await openPage(here.browser)
  await page.setContent(text)
  return page.evaluate(() =>
    [...document.querySelectorAll('p')].map((line) => ({
      platform: line.querySelector('small')?.textContent ?? '',
      text: [...line.querySelectorAll('bdi')].at(-1)?.textContent ?? '',
    })),
  )
}

/** The past stream in the editor's preview, and on air nothing of it. */
async function replay(page: Page, onAir: OnAir, overlayId: string): Promise<void> {
  const before = await seenRows(onAir.page)
  await go(page, `#/overlays/${overlayId}`)
  const preview = await previewOf(page)
  await press(page, '×8')
  await press(page, 'Replay')
  await preview.waitForFunction(() => /(?:twitch|youtube|kick) says \d/.test(document.body.textContent ?? ''))
  await press(page, 'Stop')
  assert.equal(await seenRows(onAir.page), before)
}

test('ends with everything that was said: on air, in History, in every file, and in the replay', async () => {
  const page = await openPage(here.browser, { viewport: { width: 1_440, height: 900 } })
  const panel = await register(page)
  await connect(page)
  const overlay = await panel.overlay()
  onAir = await OnAir.open(overlay.url)
  heard = await Listener.open(here.base, overlay.key)
  await begin(page)
  await talk(heard, onAir, 0, HALF)
  await moderate(page, onAir)
  await talk(heard, onAir, HALF, MESSAGES)
  const said = saidIn(heard.events)
  assertWhole(said, 'heard')
  await assertDrawn(onAir, said)
  await end(page)
  await findAgain(page)
  await assertFiles(page)
  await replay(page, onAir, overlay.id)
})

test.run()
