import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView } from '../../server/api/moderation.ts'
import type { OverlayView } from '../../server/api/overlays.ts'
import type { StreamView } from '../../server/api/streams.ts'
import { SNAPSHOT_EVENTS } from '../../server/protocol.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { openPage } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, PASSWORD, Panel } from '../help/panel.ts'
import { LOOKED_AT, LOOKS, openPanel, overflow, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'
import { startServer, temporaryData } from '../help/server.ts'

/** Live as those who run a stream see it, from the address that the server prints to a row that is hidden and shown again. */

const test = suite('panel: live')
const here = serve(test, { env: () => NOWHERE })
let owner: Panel

const WIDE = { viewport: { width: 1440, height: 900 } }
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '')
const struck = (page: Page, text: string) => page.waitForSelector(`.row[data-struck]:has-text("${text}")`)
const stands = (page: Page, text: string) => page.waitForSelector(`.row:not([data-struck]):has-text("${text}")`)

/** Counts what the person presses. */
function presser(page: Page) {
  let presses = 0
  const press = async (selector: string) => {
    presses++
    await page.click(selector)
  }
  return { press, count: () => presses }
}

test('leads from the printed address to a test message on the overlay in six presses', async () => {
  const printed = /Open (http:\S+\/admin\/#\/setup\/\S+)/.exec(here.server.output())?.[1] ?? ''
  assert.match(printed, /#\/setup\/[\w-]{22,}$/)
  // Colours that are on their way to another palette are none that axe should judge.
  const page = await openPage(here.browser, { ...WIDE, reducedMotion: 'reduce' })
  await page.goto(printed)
  await page.waitForSelector('h1:has-text("Set up CrossChat")')
  for (const { theme, width } of LOOKS) {
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme)
    assert.equal(await violations(page), [], `${theme}, ${width}`)
    assert.is(await overflow(page), 0)
  }
  await page.setViewportSize(WIDE.viewport)
  const { press, count } = presser(page)
  await page.fill('#register-username', 'quiet_otter')
  await page.fill('#register-password', PASSWORD)
  await press('text=Make account')
  await page.waitForSelector('.checklist-card')
  assert.match((await page.textContent('.check-connection')) ?? '', /Waiting for your overlay…/)
  owner = await Panel.login(here.base, 'quiet_otter')
  const overlay = await Listener.open(here.base, (await owner.overlay()).key)
  await page.waitForSelector('.check-connection:has-text("Connected from")')
  await press('.checklist-card >> text=Send test message')
  await page.waitForSelector('.row:has-text("This is a test message")')
  await overlay.until(() => overlay.events.length > 0)
  assert.ok(count() <= 6)
  await page.waitForSelector('.check[data-done]:has-text("Send a test message")')
  await page.reload()
  await page.waitForSelector('.check[data-done]:has-text("Put the overlay into OBS")')
  await page.click('[aria-label="Hide checklist"]')
  await page.waitForFunction(() => document.querySelector('.checklist-card') === null)
  overlay.close()
  await page.context().close()
})

test('gives the first account to one of two who claim it at once', async () => {
  const place = await temporaryData()
  const other = await startServer({ dataDir: place.path, env: { ...NOWHERE, CROSSCHAT_REGISTRATION: 'invite' } })
  const claim = (username: string) =>
    new Panel(other.base).call('POST', '/api/auth/register', { username, password: PASSWORD })
  const answers = await Promise.all([claim('calm_badger'), claim('mossy_heron')])
  assert.equal(answers.map(({ status }) => status).sort(), [201, 403])
  const [late] = answers.filter(({ status }) => status === 403)
  assert.match((await late?.text()) ?? '', /registration_closed/)
  await other.end('SIGKILL')
  await place.remove()
})

test('hides, shows again, features and marks by keyboard, and a second panel keeps step', async () => {
  const stream = await owner.startStream('Friday')
  const [page, second] = await Promise.all([
    openPanel(here.browser, owner, '#/live', WIDE),
    openPanel(here.browser, owner, '#/live', WIDE),
  ])
  await Promise.all([page, second].map((each) => each.waitForSelector('.moments-card')))
  await owner.pushLines([ircLine('k1', 'one jump'), ircLine('k2', 'buy followers', 'Buyer')])
  await stands(page, 'buy followers')
  await page.focus('#feed')
  await page.keyboard.press('ArrowUp')
  const row = await focused(page)
  await page.keyboard.press('h')
  await Promise.all([struck(page, 'buy followers'), struck(second, 'buy followers')])
  await page.waitForSelector('.reason:has-text("Hidden by \u2068quiet_otter\u2069,")')
  await second.waitForSelector('.recent-card :text("Buyer")')
  assert.is(await focused(page), row, 'the focus stays on the row')
  await page.keyboard.press('u')
  await Promise.all([stands(page, 'buy followers'), stands(second, 'buy followers')])
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await struck(page, 'buy followers')
  assert.is(await focused(page), row, 'also when its button has gone')
  await second.click('.recent-card [aria-label="Undo: Buyer"]')
  await stands(page, 'buy followers')
  await page.keyboard.press('f')
  await second.waitForSelector('.featured-card:has-text("buy followers")')
  await second.click('.featured-card >> text=Clear')
  await page.waitForFunction(() => document.querySelector('.featured-card') === null)
  await page.keyboard.press('k')
  await page.keyboard.press('m')
  await page.waitForSelector('.row-moment')
  await second.click('.moment-go:has-text("one jump")')
  await second.waitForFunction(() => document.activeElement?.textContent?.includes('one jump'))
  const { items } = await owner.json<{ items: unknown[] }>('GET', `/api/streams/${stream.id}/moments`)
  assert.is(items.length, 1)
  await owner.json('POST', '/api/moderation/hide', { id: 'twitch:k2' })
  await struck(page, 'buy followers')
  await page.reload()
  await struck(page, 'buy followers')
  await second.context().close()
  await page.context().close()
})

test('shows who wrote, hides them with a note, and makes a word a rule', async () => {
  const page = await openPanel(here.browser, owner, '#/live', WIDE)
  await owner.pushLines([ircLine('w1', 'cheap viewers here', 'Seller'), ircLine('w2', 'still here', 'Seller')])
  await stands(page, 'still here')
  await page.focus('#feed')
  await page.keyboard.press('ArrowUp')
  const row = await focused(page)
  await page.keyboard.press('Enter')
  await page.waitForSelector('dialog[open] #person-note')
  await page.waitForFunction(() => document.querySelectorAll('.person-said .row').length === 4)
  assert.equal(await violations(page), [])
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => document.querySelector('dialog') === null)
  assert.is(await focused(page), row, 'the focus comes back')
  await page.click(`#${row} .name-button`)
  assert.is(await page.getAttribute('.person-channel', 'href'), 'https://www.twitch.tv/seller')
  await page.fill('#person-note', 'sells viewers')
  await page.click('text=Hide this person')
  await page.waitForSelector('.person-hidden:has-text("sells viewers")')
  await page.click('.person-hidden >> text=Show again')
  await page.waitForSelector('#person-note')
  await page.keyboard.press('Escape')
  await stands(page, 'still here')

  await page.click(`#${row} [aria-label^="More about"]`)
  await page.waitForSelector('.row-menu >> text=Open their channel on Twitch')
  await page.click('.row-menu >> text=Add a word of it')
  await page.click('.word-pick:has-text("still")')
  await page.click('text=Add to the rules')
  await page.waitForSelector('.toast:has-text("still")')
  const { words } = await owner.json<{ words: string[] }>('GET', '/api/moderation/rules')
  assert.equal(words, ['still'])
  const log = await owner.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  assert.is(log.items[0]?.what, 'rules')
  await page.context().close()
})

test('filters by role, has sizes for its text, a table for its chart, and a code for its address', async () => {
  const page = await openPanel(here.browser, owner, '#/live', WIDE)
  const body = { platform: 'kick', kind: 'message', name: 'mod_sam', text: 'no spoilers please', roles: ['mod'] }
  await owner.json('POST', '/api/simulator/messages', body)
  await stands(page, 'no spoilers')
  await page.selectOption('.role-filter', 'mod')
  await page.waitForFunction(() => document.querySelectorAll('.feed .row').length === 1)
  await page.selectOption('.role-filter', '')
  await page.click('[aria-label="How messages look"]')
  await page.click('.feed-look >> text=18')
  await page.waitForSelector('.feed-card[data-text="larger"]')
  assert.equal(await violations(page), [])
  await page.keyboard.press('Escape')
  await page.click('.pace-table summary')
  await page.waitForSelector('.pace-table td')
  await page.click('.obs-card >> text=QR')
  await page.waitForSelector('dialog .qr-modules')
  const [overlay] = (await owner.json<{ items: OverlayView[] }>('GET', '/api/overlays')).items
  assert.not.ok((await page.innerHTML('dialog')).includes(overlay?.url ?? '-'), 'the address stands in no text')
  await page.context().close()
})

test('tells how many messages wait, who writes most, and where a marked one stands in the transcript', async () => {
  const rules = await owner.json<object>('GET', '/api/moderation/rules')
  await owner.json('PUT', '/api/moderation/rules', { ...rules, words: [{ text: 'perhaps', action: 'hold' }] })
  await owner.pushLines([ircLine('far', 'the best jump of the evening'), ircLine('held', 'perhaps not', 'Newcomer')])
  await owner.json('POST', '/api/moments', { id: 'twitch:far' })
  await owner.pushLines(
    Array.from({ length: SNAPSHOT_EVENTS }, (_, nth) =>
      ircLine(`many-${nth}`, `line ${nth}`, 'Talker').replace('user-id=1001', 'user-id=3003'),
    ),
  )
  const page = await openPanel(here.browser, owner, '#/live', WIDE)
  await page.waitForSelector('.queue-bar:has-text("1 message waits for a moderator.")')
  await page.waitForSelector(`.talker:first-child:has-text("Talker"):has-text("${SNAPSHOT_EVENTS}")`)
  assert.is(await page.locator('.feed .row:has-text("the best jump")').count(), 0)
  await page.click('.moment-go:has-text("the best jump")')
  await page.waitForSelector('.transcript .row[data-found]:has-text("the best jump")')
  await page.click('[aria-label="Main"] >> text=Live')
  await page.click('.queue-bar')
  await page.waitForSelector('#part-queue')
  const { items } = await owner.json<{ items: { event: { id: string } }[] }>('GET', '/api/moderation/held')
  await owner.json('POST', `/api/moderation/held/${encodeURIComponent(items[0]?.event.id ?? '')}/refuse`)
  await page.click('[aria-label="Main"] >> text=Live')
  await page.waitForFunction(
    () => document.querySelector('.feed .row') !== null && document.querySelector('.queue-bar') === null,
  )
  await owner.json('PUT', '/api/moderation/rules', rules)
  await page.context().close()
})

test('keeps a name from right to left at the beginning of its sentence', async () => {
  const page = await openPanel(here.browser, owner, '#/live', WIDE)
  await owner.json('POST', '/api/simulator/messages', { platform: 'twitch', kind: 'sub', name: 'שקט', text: '' })
  await page.waitForSelector('.notice bdi bdi:has-text("שקט")')
  const [name, sentence] = await page.evaluate(() => {
    const said = document.querySelector('.notice:has(bdi bdi) > bdi')
    const name = said?.querySelector('bdi')
    return [name?.getBoundingClientRect().left, said?.getBoundingClientRect().left]
  })
  assert.is(name, sentence)
  await page.context().close()
})

test('takes a question about the stream back when it is answered elsewhere, and finds a run where it was', async () => {
  const page = await openPanel(here.browser, owner, '#/live', WIDE)
  await page.click('.button-stream:has-text("End stream")')
  await page.waitForSelector('dialog:has-text("End & archive")')
  await owner.endStream()
  await page.waitForSelector('.button-stream:has-text("Start stream")')
  await page.waitForFunction(() => document.querySelector('dialog') === null)
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.button-stream')), 'the focus stays')
  await owner.startStream('Another')
  await page.waitForSelector('.button-stream:has-text("End stream")')
  assert.is(await page.locator('dialog').count(), 0)

  await page.click('.burst summary')
  await page.fill('[aria-label="Parts of Kick"]', '0')
  await page.fill('[aria-label="Parts of YouTube"]', '0')
  await page.fill('#run-count', '10000')
  await page.fill('#run-rate', '1')
  await page.click('.burst >> text=Start')
  await page.waitForSelector('.burst .progress')
  await page.waitForSelector('text=Takes 2 h 46 min.')
  await page.waitForSelector('.flask')
  await page.click('[aria-label="Main"] >> text=Settings')
  await page.waitForSelector('h1:has-text("Settings")')
  await page.click('[aria-label="Main"] >> text=Live')
  await page.click('.burst >> text=Stop')
  await page.waitForFunction(() => document.querySelector('.burst .progress') === null)
  await page.context().close()
})

test('asks after a stream that was forgotten, and ends it where it went quiet', async () => {
  const panel = await Panel.register(here.base, 'sleepy_otter', { channel: 'sleepy' })
  const stream = await panel.startStream('Long night')
  await panel.pushLines([ircLine('last-words', 'good night')])
  const [last] = (await panel.transcript(stream.id)).filter(({ kind }) => kind === 'message')
  const later = async (page: Page): Promise<void> => {
    await page.addInitScript(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + 7 * 3_600_000
    })
  }
  const page = await openPanel(here.browser, panel, '#/live', { ...WIDE, before: later })
  await page.waitForSelector('text=Still streaming?')
  assert.equal(await violations(page), [])
  await page.click('button:has-text("End at")')
  await page.waitForSelector('.toast:has-text("The stream is archived.")')
  await page.waitForFunction(() => !document.body.textContent?.includes('Still streaming?'))
  const { endedAt } = await panel.json<StreamView>('GET', `/api/streams/${stream.id}`)
  assert.ok(endedAt !== null && last !== undefined && 'receivedAt' in last)
  assert.ok(endedAt >= last.receivedAt && endedAt <= Date.now())
})

test('speaks German at its doors to whoever wants it, and loses nothing that was typed', async () => {
  const page = await openPage(here.browser, WIDE)
  await page.goto(`${here.base}/admin/#/login`)
  await page.fill('#login-username', 'quiet_otter')
  await page.click('.segments-quiet >> text=Deutsch')
  await page.waitForSelector('h1:has-text("Anmelden")')
  assert.is(await page.inputValue('#login-username'), 'quiet_otter')
  assert.is(await page.getAttribute('html', 'lang'), 'de')
  assert.equal(await violations(page), [])
  await page.fill('#login-password', PASSWORD)
  await page.keyboard.press('Enter')
  await page.waitForSelector('h2:has-text("Live-Chat")')
  await page.reload()
  await page.waitForSelector('h2:has-text("Live-Chat")')
  await page.context().close()
})

test('stands at every width in both palettes', async () => {
  for (const theme of ['dark', 'light'] as const) {
    const page = await openPanel(here.browser, owner, '#/live', { theme, ...WIDE })
    await page.waitForSelector('.recent-card', { state: 'attached' })
    for (const width of LOOKED_AT[theme]) {
      await page.setViewportSize({ width, height: 900 })
      const tabs = width === 320 ? ['Stream', 'OBS', 'Simulator', 'Chat'] : []
      for (const tab of ['', ...tabs]) {
        if (tab !== '') await page.click(`.live-tabs >> text=${tab}`)
        assert.equal(await violations(page), [], `${theme}, ${width}, ${tab}`)
        assert.is(await overflow(page), 0, `${theme}, ${width}, ${tab}`)
      }
    }
    await page.context().close()
  }
  const { endedAt } = await owner.json<StreamView>('POST', '/api/streams/live/end', {})
  assert.ok(endedAt !== null)
})

test.run()
