import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceState } from '../../admin/state/condition.ts'
import type { PlatformsView } from '../../server/api/sources.ts'
import type { SourceView } from '../../server/protocol.ts'
import { followed, source } from '../admin/source-views.ts'
import type { Browser, Page } from '../browsers/node_modules/playwright-core/index.js'
import { openEngine } from '../help/browsers.ts'
import { Panel } from '../help/panel.ts'
import { LOOKS, openPanel, overflow, type PanelPageOptions, Told, violations } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

const test = suite('accounts')

/** Nothing listens there: what is followed on the real server never gets through. */
const NOWHERE = '127.0.0.1:9'
const OUTSIDE = {
  CROSSCHAT_TWITCH_API_URL: `http://${NOWHERE}`,
  CROSSCHAT_YOUTUBE_WEB_URL: `http://${NOWHERE}`,
  CROSSCHAT_YOUTUBE_API_URL: `http://${NOWHERE}`,
  CROSSCHAT_KICK_SOCKET_URL: `ws://${NOWHERE}`,
  CROSSCHAT_KICK_CHANNEL_URL: `http://${NOWHERE}`,
  CROSSCHAT_KICK_API_URL: `http://${NOWHERE}`,
  CROSSCHAT_BTTV_URL: `http://${NOWHERE}`,
  CROSSCHAT_FFZ_URL: `http://${NOWHERE}`,
  CROSSCHAT_7TV_URL: `http://${NOWHERE}`,
  CROSSCHAT_7TV_EVENTS_URL: `ws://${NOWHERE}`,
}

/** More than the page has stops. */
const MOST_TABS = 100

let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let browser: Browser
let owner: Panel
/** Has followed nothing and heard nothing; what it sees of sources is made up. */
let guest: Panel
let irc: TwitchIrc

test.before(async () => {
  data = await temporaryData()
  irc = await TwitchIrc.start()
  server = await startServer({ dataDir: data.path, env: { ...OUTSIDE, ...irc.env } })
  owner = await Panel.register(server.base, 'accounts_owner')
  guest = await Panel.register(server.base, 'accounts_guest')
  browser = await openEngine('127')
})
test.after(async () => {
  await browser.close()
  await server.end('SIGKILL')
  await irc.close()
  await data.remove()
})

const open = (options: PanelPageOptions = {}, hash = '#/accounts') =>
  openPanel(browser, options.told === undefined ? owner : guest, hash, options)
const card = (platform: string) => `.account:has(#account-${platform})`

async function kept(platform: string): Promise<SourceView> {
  const { items } = await owner.json<{ items: SourceView[] }>('GET', '/api/sources')
  const view = items.find((each) => each.platform === platform)
  if (view === undefined) throw new Error(`The server tells of no ${platform}.`)
  return view
}

/** What has the focus, by its words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') || element?.id || element?.textContent?.trim() || ''
  })

/** Presses Tab until what is wanted has the focus. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (wanted.test(await focused(page))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${wanted}.`)
}

const press = (page: Page, platform: string, label: string) =>
  page.click(`${card(platform)} button:has-text("${label}")`)

test('says at the field what is wrong with a name, and loses nothing typed', async () => {
  const page = await open()
  await page.fill('#twitch-channel', 'not a name!')
  await page.fill('#kick-channel', 'half-typed')
  await page.press('#twitch-channel', 'Enter')
  await page.waitForSelector('#twitch-channel[aria-invalid=true]')
  assert.match((await page.textContent('#twitch-channel-error')) ?? '', /twitch\.tv/)
  assert.is(await page.locator(`${card('twitch')} .form-error`).count(), 0, 'it is not said twice')
  assert.is(await page.inputValue('#twitch-channel'), 'not a name!')
  assert.is(await page.inputValue('#kick-channel'), 'half-typed')
  assert.is(await focused(page), 'twitch-channel')
  assert.is((await kept('twitch')).channel, null)
  await page.close()
})

test('connects by a pasted address, and follows the state without asking', async () => {
  const page = await open()
  const asked: string[] = []
  await page.waitForSelector('#twitch-channel')
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    // Where several servers share the channel, the panel is welcomed anew once one of them runs it, and reads the log again.
    if (pathname !== '/api/moderation/log') asked.push(`${request.method()} ${pathname}`)
  })
  await page.fill('#twitch-channel', 'https://www.twitch.tv/Cool_Channel?referrer=raid')
  await press(page, 'twitch', 'Connect')
  await page.waitForSelector(`${card('twitch')} .account-title:has-text("cool_channel")`)
  assert.is(await focused(page), 'account-twitch')
  await page.waitForSelector(`${card('twitch')}[data-state=live]`)
  await page.waitForSelector('.chips li:first-child .connection[data-state=live]')
  assert.is((await kept('twitch')).channel, 'cool_channel')
  irc.say('Noodle_Knight', 'hello there')
  await page.waitForSelector(`${card('twitch')} .account-facts:has-text("ago")`)
  assert.equal(asked, ['PUT /api/sources/twitch'])
  await page.close()
})

test('shows a connection that is lost, and that it is back', async () => {
  const page = await open()
  await page.waitForSelector(`${card('twitch')}[data-state=live]`)
  irc.refuse(true)
  irc.troubles.drop()
  await page.waitForSelector(`${card('twitch')}[data-state=retry] .trouble`)
  irc.refuse(false)
  await page.waitForSelector(`${card('twitch')}[data-state=live]`)
  await page.close()
})

test('disables and enables what it follows', async () => {
  const page = await open()
  await press(page, 'twitch', 'Disable')
  await page.waitForSelector(`${card('twitch')}[data-state=off]`)
  assert.is((await kept('twitch')).enabled, false)
  await press(page, 'twitch', 'Enable')
  await page.waitForSelector(`${card('twitch')}:not([data-state=off])`)
  assert.is((await kept('twitch')).enabled, true)
  await page.close()
})

test('changes the name in its place, and leaves it on Escape', async () => {
  const page = await open()
  await press(page, 'twitch', 'Change name')
  await page.waitForFunction(() => document.activeElement?.id === 'twitch-channel')
  await page.fill('#twitch-channel', 'other_channel')
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.activeElement?.id === 'twitch-rename')
  assert.is((await kept('twitch')).channel, 'cool_channel')
  await press(page, 'twitch', 'Change name')
  await page.fill('#twitch-channel', '@Other_Channel')
  await page.press('#twitch-channel', 'Enter')
  await page.waitForSelector(`${card('twitch')} .account-title:has-text("other_channel")`)
  await page.close()
})

test('sends a simulated message of the platform', async () => {
  const page = await open()
  const answered = page.waitForResponse('**/api/simulator/messages')
  await press(page, 'twitch', 'Test')
  assert.is((await answered).request().postDataJSON().platform, 'twitch')
  await page.waitForSelector('.toast-ok')
  await page.close()
})

test('removes only after a question, and leads back to the name', async () => {
  const page = await open()
  await press(page, 'twitch', 'Remove')
  await page.waitForSelector('dialog[open]')
  await page.keyboard.press('Escape')
  await page.waitForSelector('dialog', { state: 'detached' })
  assert.is((await kept('twitch')).channel, 'other_channel')
  await press(page, 'twitch', 'Remove')
  await page.click('dialog button:has-text("Remove “other_channel”")')
  await page.waitForFunction(() => document.activeElement?.id === 'twitch-channel')
  assert.is((await kept('twitch')).channel, null)
  await page.close()
})

test('is used by the keyboard alone', async () => {
  const page = await open({}, '#/live')
  await page.waitForSelector('.feed')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await page.waitForSelector('#kick-channel')
  await page.waitForFunction(() => document.activeElement?.id === 'heading')
  await tabTo(page, /^kick-channel$/)
  await page.keyboard.type('kick.com/soup_and_swords')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'account-kick')
  assert.is((await kept('kick')).channel, 'soup-and-swords')
  await tabTo(page, /^Remove$/)
  await page.keyboard.press('Enter')
  await page.waitForSelector('dialog[open]')
  await tabTo(page, /^Remove “/)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'kick-channel')
  assert.is((await kept('kick')).channel, null)
  await page.close()
})

/* From here on the page is told of made-up sources, so that each state can be seen. */

const NONE = [source('twitch'), source('youtube'), source('kick')]
const twitch = (change: Partial<SourceView>) => [followed('twitch', change), source('youtube'), source('kick')]

const WORDS: Record<SourceState, string> = {
  off: 'Off',
  waiting: 'Waiting for stream',
  connecting: 'Connecting…',
  live: 'Connected',
  stale: 'Quiet 10 min',
  retry: 'Reconnecting',
  attention: 'Needs attention',
}

test('shows each state that a frame brings, on the card and on every screen', async () => {
  const told = new Told(NONE)
  const page = await open({ told, viewport: { width: 1_440, height: 900 } })
  await page.waitForSelector('#twitch-channel')
  for (const [state, words] of Object.entries(WORDS) as [SourceState, string][]) {
    const lastEventAt = Date.now() - 605_000
    told.tell(twitch({ state, enabled: state !== 'off', since: Date.now(), lastEventAt }))
    await page.waitForSelector(`${card('twitch')} .account-state .connection[data-state=${state}]`)
    await page.waitForSelector(`.chips li:first-child .connection[data-state=${state}]`)
    assert.is((await page.textContent(`${card('twitch')} .account-word`))?.trim(), words)
    assert.is((await page.textContent('.chips li:first-child .chip-word'))?.trim(), words)
  }
  await page.close()
})

test('counts down to the next try, and tries at once when asked', async () => {
  const error = 'The connection was closed.'
  const told = new Told(twitch({ state: 'retry', error, retryAt: Date.now() + 90_000 }))
  const page = await open({ told })
  const word = `${card('twitch')} .account-word`
  await page.waitForSelector(`${card('twitch')} .trouble:has-text("${error}")`)
  const before = await page.textContent(word)
  assert.match(before ?? '', /^Reconnecting \d+ s$/)
  await page.waitForFunction(([at, text]) => document.querySelector(at ?? '')?.textContent !== text, [word, before])
  const answered = page.waitForResponse('**/retry')
  await press(page, 'twitch', 'Reconnect now')
  await answered
  assert.equal(told.asked, [{ method: 'POST', path: '/api/sources/twitch/retry', body: null }])
  await page.close()
})

test('shows who it is, how it is read, what came, and what may still be asked', async () => {
  const quota = { used: 8_240, limit: 10_000, resetsAt: Date.now() + 3_600_000 }
  const detail = { title: 'Cool Channel', way: 'Anonymous', events: 1_204, quota, avatar: 'javascript:alert(1)' }
  const page = await open({ told: new Told(twitch({ ...detail, lastEventAt: Date.now() - 300_000 })) })
  await page.waitForSelector(card('twitch'))
  const text = (await page.textContent(card('twitch'))) ?? ''
  for (const words of ['Cool Channel', 'cool_channel', 'Anonymous', '5 min ago', '1,204', '8,240 of 10,000']) {
    assert.ok(text.includes(words), words)
  }
  assert.is(await page.locator(`${card('twitch')} img`).count(), 0, 'a picture comes from https or not at all')
  assert.is(await page.locator(`${card('twitch')} meter`).evaluate((meter) => (meter as HTMLMeterElement).value), 8_240)
  await page.close()
})

/** What a platform could ask for. */
function asking(view: PlatformsView): PlatformsView {
  const [first, ...rest] = view.items
  if (first === undefined) return view
  const form: typeof first.source = {
    label: 'Channel',
    placeholder: 'somebody',
    fields: [
      { name: 'room', kind: 'text', label: 'Room', hint: 'A number.' },
      { name: 'token', kind: 'secret', label: 'Token', hint: 'From your account there.' },
      { name: 'all', kind: 'switch', label: 'All of it', hint: 'More than usual.' },
    ],
    hook: 'Messages arrive there, too.',
    broadcasts: true,
  }
  return { ...view, items: [{ ...first, source: form }, ...rest] }
}

async function openSettings(change: Partial<SourceView>): Promise<{ page: Page; told: Told }> {
  const told = new Told(twitch({ hook: '/hooks/twitch/abc', ...change }))
  told.platforms = asking
  const page = await open({ told })
  await page.click(`${card('twitch')} summary`)
  return { page, told }
}

test('never shows a saved secret, leaves it when nothing is typed, and takes it away when asked', async () => {
  const { page, told } = await openSettings({ options: { room: '17', token: 'saved, ends in …9f3' } })
  assert.is(await page.inputValue('#twitch-token'), '')
  assert.is(await page.getAttribute('#twitch-token', 'type'), 'password')
  await page.waitForSelector('.kept:has-text("ends in …9f3")')
  await page.fill('#twitch-room', '18')
  await press(page, 'twitch', 'Save settings')
  await page.waitForSelector('.toast-ok')
  await page.click('.kept button')
  await page.waitForSelector('.kept[data-gone]')
  await press(page, 'twitch', 'Save settings')
  await page.waitForFunction(() => document.querySelectorAll('.toast-ok').length === 2)
  await page.fill('#twitch-token', 'a new secret')
  await press(page, 'twitch', 'Save settings')
  await page.waitForFunction(() => document.querySelectorAll('.toast-ok').length === 3)
  assert.equal(
    told.asked.map(({ body }) => body),
    [{ room: '18' }, { token: null }, { token: 'a new secret' }],
  )
  assert.is(await page.inputValue('#twitch-token'), '', 'what was typed is gone once it is saved')
  await page.close()
})

test('gives the address for deliveries as a whole, and what it is good for', async () => {
  const { page } = await openSettings({})
  assert.is(await page.inputValue('#twitch-hook'), `${server.base}/hooks/twitch/abc`)
  assert.is(await page.textContent('#twitch-hook-hint'), 'Messages arrive there, too.')
  await page.close()
})

test('keeps what is typed while frames come', async () => {
  const { page, told } = await openSettings({})
  await page.fill('#twitch-token', 'half a sec')
  told.tell(twitch({ state: 'retry', retryAt: Date.now() + 9_000, hook: '/hooks/twitch/abc' }))
  await page.waitForSelector(`${card('twitch')}[data-state=retry]`)
  assert.is(await page.inputValue('#twitch-token'), 'half a sec')
  assert.is(await page.locator(`${card('twitch')} details[open]`).count(), 1)
  await page.close()
})

test('lets a platform start and end the stream only where it tells of broadcasts', async () => {
  const { page, told } = await openSettings({})
  const [at] = await page.$$(`${card('twitch')} input[role=switch]`)
  const answered = page.waitForResponse('**/api/sources/twitch')
  await at?.click()
  await answered
  assert.equal(told.asked, [{ method: 'PUT', path: '/api/sources/twitch', body: { autoStream: true } }])
  await page.close()
  const silent = new Told(twitch({}))
  silent.platforms = (view) => ({
    ...view,
    items: view.items.map((item) => ({ ...item, source: { ...item.source, broadcasts: false, fields: [] } })),
  })
  const other = await open({ told: silent })
  await other.waitForSelector(card('twitch'))
  assert.is(await other.locator(`${card('twitch')} input[role=switch]`).count(), 0)
  await other.close()
})

test('opens a chip with what is wrong, closes it on Escape and on a press elsewhere, and leads to the account', async () => {
  const error = 'The connection was closed.'
  const told = new Told(twitch({ state: 'retry', error, retryAt: Date.now() + 60_000 }))
  const page = await open({ told }, '#/history')
  const chip = '.chips li:first-child button'
  await page.click(chip)
  await page.waitForSelector(`.chip-sheet:has-text("${error}")`)
  await page.keyboard.press('Escape')
  await page.waitForSelector('.chip-sheet', { state: 'detached' })
  assert.match(await focused(page), /^Twitch: Reconnecting/)
  await page.keyboard.press('Enter')
  await page.waitForSelector('.chip-sheet')
  await page.click('h1')
  await page.waitForSelector('.chip-sheet', { state: 'detached' })
  await page.click(chip)
  const answered = page.waitForResponse('**/retry')
  await page.click('.chip-sheet button:has-text("Reconnect now")')
  await answered
  await page.click('.chip-sheet a')
  await page.waitForFunction(() => document.activeElement?.id === 'account-twitch')
  assert.is(told.asked[0]?.path, '/api/sources/twitch/retry')
  await page.close()
})

test('keeps the last places under More where the bar is narrow', async () => {
  const page = await open({ told: new Told(NONE), viewport: { width: 320, height: 640 } })
  const keys = '.places a[href="#/keys"]'
  await page.waitForSelector(keys, { state: 'attached' })
  assert.is(await page.isVisible(keys), false)
  await page.click('.places-button')
  await page.waitForSelector(keys)
  await page.keyboard.press('Escape')
  await page.waitForSelector(keys, { state: 'hidden' })
  assert.is(await focused(page), 'More')
  await page.setViewportSize({ width: 1_440, height: 900 })
  await page.waitForSelector(keys)
  assert.is(await page.isVisible('.places-button'), false)
  await page.close()
})

test('says on the chip that messages are pushed in where nothing is followed', async () => {
  const page = await open({ told: new Told(NONE), viewport: { width: 1_440, height: 900 } }, '#/live')
  await page.waitForSelector('.empty')
  await guest.json('POST', '/api/simulator/messages', { platform: 'youtube', name: 'Marzipan', text: 'hi' })
  await page.waitForSelector('.chips li:nth-child(2) .chip-word:has-text("Receiving")')
  await page.close()
})

test('leads from an empty feed to the accounts, by the names of the platforms', async () => {
  const fresh = await Panel.register(server.base, 'accounts_fresh')
  const page = await openPanel(browser, fresh, '#/live')
  await page.click('.empty a:has-text("Connect Twitch, YouTube or Kick")')
  await page.waitForSelector('#twitch-channel')
  await page.close()
})

test('tells in a transcript what is missing, from when to when', async () => {
  const { id } = await owner.startStream('A run with a gap')
  await owner.endStream()
  const at = Date.UTC(2026, 10, 14, 20, 14, 3)
  const reason = 'Twitch was not connected for 38 s; what was written there meanwhile is missing'
  const gap = { kind: 'gap', count: 0, at, until: at + 38_000, platform: 'twitch', reason }
  const page = await openPanel(browser, owner, '#/history')
  await page.route('**/events**', (route) => route.fulfill({ json: { items: [gap], next: null } }))
  await page.evaluate((hash) => location.assign(hash), `#/history/${id}`)
  await page.waitForSelector('.gap-row')
  assert.is(await page.textContent('.gap-reason'), reason)
  assert.is(await page.locator('.gap-row time').count(), 2)
  assert.is(await page.getAttribute('.gap-row .mark', 'aria-label'), 'Twitch')
  assert.equal(await violations(page), [])
  await page.close()
})

const MANY = (): SourceView[] => [
  followed('twitch', { hook: '/hooks/twitch/abc', state: 'attention', options: { token: 'saved, ends in …9f3' } }),
  followed('youtube', { state: 'waiting', quota: { used: 9_000, limit: 10_000, resetsAt: Date.now() + 60_000 } }),
  followed('kick', { state: 'retry', title: 'Soup & Swords', way: 'Unofficial', retryAt: Date.now() + 60_000 }),
]

for (const { theme, width } of LOOKS) {
  test(`has nothing that axe-core complains about, ${theme} at ${width} px`, async () => {
    const told = new Told(NONE)
    told.platforms = asking
    const page = await open({ told, theme, viewport: { width, height: 900 } })
    await page.waitForSelector('#twitch-channel')
    assert.equal(await violations(page), [], 'nothing followed')
    told.tell(MANY())
    await page.click(`${card('twitch')} summary`)
    await page.waitForSelector('.kept')
    assert.equal(await violations(page), [], 'all followed')
    assert.is(await overflow(page), 0, 'no sideways scroll')
    await page.click('.chips li:nth-child(3) button')
    await page.waitForSelector('.chip-sheet')
    assert.equal(await violations(page), [], 'with a chip open')
    await page.close()
  })
}

test.run()
