import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { InviteView } from '../../server/api/members.ts'
import type { DeedView } from '../../server/api/moderation.ts'
import type { DockView } from '../../server/api/overlays.ts'
import { openPage, type Page } from '../help/browsers.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel } from '../help/panel-page.ts'
import { CuttableProxy } from '../help/proxy.ts'
import { serve } from '../help/serve.ts'

/** The owner's panel, a moderator's and a dock at once: what one does stands in the others, under the name of who did it. */

const test = suite('panels and docks in step')
const here = serve(test, { env: () => NOWHERE })
const WIDE = { viewport: { width: 1_440, height: 900 } }
let people = 0

interface Team {
  owner: Panel
  moderator: Panel
  /** Their pages; the moderator's comes over a line that can be cut. */
  own: Page
  theirs: Page
  dock: Page
  line: CuttableProxy
}

let line: CuttableProxy | undefined
test.after.each(() => line?.close())

async function assemble(): Promise<Team> {
  const nth = people++
  const owner = await Panel.register(here.base, `quiet_otter_${nth}`)
  const moderator = await Panel.register(here.base, `calm_badger_${nth}`)
  const { url = '' } = await owner.json<InviteView>('POST', '/api/invites', { role: 'moderator' })
  await moderator.json('POST', '/api/invites/accept', { token: url.split('/').at(-1) })
  line = await CuttableProxy.to(here.server.port)
  const own = await openPanel(here.browser, owner, '#/live', WIDE)
  const theirs = await openPanel(here.browser, moderator.at(line.base), '#/live', WIDE)
  await theirs.selectOption('#channel', { label: `quiet_otter_${nth} (moderator)` })
  const dock = await openPage(here.browser, { viewport: { width: 400, height: 900 } })
  const made = await owner.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'moderate' })
  await dock.goto(made.url)
  await Promise.all([own, theirs, dock].map((page) => page.waitForSelector('[role=log]')))
  return { owner, moderator, own, theirs, dock, line }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const go = (page: Page, hash: string) => page.evaluate((place) => location.assign(place), hash)
const row = (text: string, how = '') => `.row${how}:has-text("${text}")`
const HIDDEN = ':is([data-struck], [data-hidden])'
const SHOWN = ':not([data-struck], [data-hidden])'
const stands = (pages: readonly Page[], selector: string) =>
  Promise.all(pages.map((page) => page.waitForSelector(selector, { state: 'attached' })))
const gone = (pages: readonly Page[], selector: string) =>
  Promise.all(pages.map((page) => page.waitForSelector(selector, { state: 'detached' })))

/** Acts on a row by its key in a panel. */
async function onRow(page: Page, text: string, key: string): Promise<void> {
  await page.locator('.row').filter({ hasText: text }).focus()
  await page.keyboard.press(key)
}

async function begins({ own, theirs, dock }: Team): Promise<void> {
  await own.click('.button-stream')
  await own.fill('#stream-title', 'Friday run')
  await own.click('dialog button[type=submit]')
  await stands([own, theirs], '.on-air')
  await stands([dock], '.top .clock')
}

async function hides({ owner, own, theirs, dock }: Team): Promise<void> {
  await owner.pushLines([ircLine('a', 'one jump'), ircLine('b', 'buy followers', 'Buyer')])
  await stands([own, theirs, dock], row('buy followers', SHOWN))
  await onRow(theirs, 'buy followers', 'h')
  await stands([own, theirs, dock], row('buy followers', HIDDEN))
  await stands([own], '.reason:has-text("calm_badger")')
  await dock.hover(row('buy followers'))
  await press(dock, 'Show this message again')
  await stands([own, theirs, dock], row('buy followers', SHOWN))
}

async function features({ own, theirs, dock }: Team): Promise<void> {
  await onRow(own, 'one jump', 'f')
  await stands([own, theirs], '.featured-card:has-text("one jump")')
  await stands([dock], '.featured:has-text("one jump")')
  await theirs.click('.featured-card >> text=Clear')
  await gone([own, theirs], '.featured-card')
  await gone([dock], '.featured')
  await onRow(theirs, 'one jump', 'm')
  await stands([own, theirs], '.moment-go:has-text("one jump")')
}

async function slowsAndEmpties({ own, theirs, dock }: Team): Promise<void> {
  await go(theirs, '#/moderation')
  await theirs.click('#slow')
  await stands([own], '.picture-bar[data-slow]')
  await stands([dock], '.bar[data-tone=slow]')
  await press(dock, 'Full speed')
  await gone([own], '.picture-bar[data-slow]')
  await stands([theirs], '#slow:not(:checked)')
  await press(dock, 'Hide the overlays now')
  await stands([own], '.picture-bar[data-panic]')
  await stands([theirs], 'button:has-text("Show chat")')
  await own.click('.picture-bar >> text=Show chat')
  await gone([dock], '.bar[data-tone=panic]')
  await stands([theirs], 'button:has-text("Hide overlay now")')
}

/** Both write rules at the same time: neither takes the other's away. */
async function changesRules({ owner, own, theirs, dock }: Team): Promise<void> {
  await Promise.all([own, theirs].map((page) => go(page, '#/moderation/words')))
  await Promise.all([own, theirs].map((page) => page.waitForSelector('#new-words')))
  await theirs.fill('#new-words', 'turnip')
  await own.fill('#new-words', 'spoiler')
  await press(own, 'Save rules')
  await stands([theirs], '.word-list:has-text("spoiler")')
  await press(theirs, 'Save rules')
  await stands([own], '.word-list:has-text("turnip")')
  const { words } = await owner.json<{ words: string[] }>('GET', '/api/moderation/rules')
  assert.equal([...words].sort(), ['spoiler', 'turnip'])
  await go(own, '#/live')
  await owner.pushLines([ircLine('c', 'a turnip'), ircLine('d', 'a spoiler')])
  for (const text of ['a turnip', 'a spoiler']) await stands([own, dock], row(text, HIDDEN))
}

async function holds({ owner, own, theirs, dock }: Team): Promise<void> {
  await go(theirs, '#/moderation/queue')
  await theirs.click('#hold-all')
  await stands([theirs], '#hold-all:checked')
  // The switch shows what was chosen before the server has it.
  while (!(await owner.json<{ everything: boolean }>('GET', '/api/moderation/rules')).everything);
  await owner.pushLines([ircLine('e', 'first in line'), ircLine('f', 'second in line')])
  await stands([own], row('second in line', HIDDEN))
  await stands([theirs, dock], '[data-held="twitch:f"], .held[data-id="twitch:f"]')
  await dock.click('.held[data-id="twitch:e"] button:has-text("Release")')
  await gone([theirs], '[data-held="twitch:e"]')
  await stands([own, dock], row('first in line', SHOWN))
  await theirs.click('[data-held="twitch:f"] button:has-text("Keep hidden")')
  await gone([dock], '.held')
  await stands([own], row('second in line', HIDDEN))
  await theirs.click('#hold-all')
  await stands([theirs], '#hold-all:not(:checked)')
}

async function counts({ owner, own, theirs }: Team): Promise<void> {
  await go(theirs, '#/live')
  const [stream] = (await owner.json<{ items: { messages: number }[] }>('GET', '/api/streams')).items
  assert.is(stream?.messages, 6)
  await stands([own, theirs], '.stream-card dd:has-text("6")')
}

async function ends({ own, theirs, dock }: Team): Promise<void> {
  await own.click('.button-stream')
  await press(own, 'End & archive')
  await gone([own, theirs], '.on-air')
  await gone([dock], '.top .clock')
}

test('does in all what one does, and the log says who', async () => {
  const team = await assemble()
  await begins(team)
  await hides(team)
  await features(team)
  await slowsAndEmpties(team)
  await changesRules(team)
  await holds(team)
  await counts(team)
  await ends(team)
  const { items } = await team.owner.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  const deeds = items.map(({ what, by }) => `${what} ${by.name.replace(/_\d+$/, '')}`)
  assert.equal(deeds.reverse(), [
    'hide calm_badger',
    'unhide Side',
    'feature quiet_otter',
    'unfeature calm_badger',
    'slow calm_badger',
    'unslow Side',
    'panic Side',
    'calm quiet_otter',
    'rules quiet_otter',
    'rules calm_badger',
    'rules calm_badger',
    'release Side',
    'refuse calm_badger',
    'rules calm_badger',
  ])
})

/** What stands in a panel's feed, and what of it is struck. */
const feedOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('#feed .row')].map(
      ({ dataset, textContent }) =>
        `${dataset.struck === undefined ? '' : 'struck '}${/said \d+/.exec(textContent)?.[0]}`,
    ),
  )

test('catches up after it was cut off', async () => {
  const team = await assemble()
  const { owner, own, theirs, dock, line: way } = team
  await begins(team)
  const say = (nth: number) => owner.pushLines([ircLine(`s${nth}`, `said ${nth}`)])
  for (const nth of [1, 2, 3]) await say(nth)
  await stands([own, theirs, dock], row('said 3'))
  await onRow(own, 'said 3', 'f')
  await stands([theirs], '.featured-card')
  way.cut()
  await stands([theirs], '.line-bar')
  await onRow(own, 'said 2', 'h')
  await onRow(own, 'said 1', 'm')
  for (const nth of [4, 5, 6]) await say(nth)
  await own.click('.featured-card >> text=Clear')
  await press(dock, 'Hide the overlays now')
  await stands([own], row('said 6'))
  way.mend()
  await press(theirs, 'Retry now')
  await stands([theirs], row('said 6'))
  await stands([theirs], row('said 2', HIDDEN))
  await stands([theirs], '.picture-bar[data-panic]')
  await stands([theirs], '.moment-go:has-text("said 1")')
  await stands([theirs], '.recent-card:has-text("quiet_otter")')
  await gone([theirs], '.featured-card')
  await gone([theirs], '.line-bar')
  assert.equal(await feedOf(theirs), await feedOf(own))
  assert.equal(await feedOf(own), ['said 1', 'struck said 2', 'said 3', 'said 4', 'said 5', 'said 6'])
  await ends(team)
})

test.run()
