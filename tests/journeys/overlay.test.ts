import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { deleteLine, ircLine, Panel } from '../help/panel.ts'
import { recorded } from '../help/payloads.ts'
import { CuttableProxy } from '../help/proxy.ts'
import { seenRows, watchRows } from '../help/seen-rows.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const test = suite('overlay on air')
/** Never all of them: the feed ends when the last page has shown enough. */
const LINES = 9_000
/** Rows that a page shows before it is closed. */
const ENOUGH = 60
const PER_SECOND = 500
const TICK_MS = 20

let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

/** Of moderators and the like, or paid: these may pass others while more comes than people can read. */
const COMES_FIRST = /(?:moderator|vip|broadcaster|staff)\/|;mod=1|;vip=1|;bits=|pinned-chat-paid|user-type=\w/
const equals = (rows: string[]) => rows.filter((id) => id !== 'twitch:air-last')

/** Recorded lines of equals under ids of their own, so that each of them is a message; made ones where there is no recording. */
function linesToShow(): { id: string; line: string }[] {
  const chat = recorded<{ line: string }>('twitch-irc.jsonl')
    .map(({ line }) => line)
    .filter((line) => / PRIVMSG /.test(line) && /[@;]id=/.test(line) && !/PRIVMSG #\S+ :?!/.test(line))
    .filter((line) => !COMES_FIRST.test(line))
  return Array.from({ length: LINES }, (_, index) => {
    const id = `air-${String(index).padStart(4, '0')}`
    const line = chat.length > 0 ? chat[index % chat.length] : undefined
    return { id, line: line?.replace(/([@;])id=[^;\s]*/, `$1id=${id}`) ?? ircLine(id, `message ${index}`) }
  })
}

const shownIds = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('li.cc-msg')].map((row) => row.getAttribute('data-id') ?? ''))

async function openOverlay(page: Page, url: string): Promise<void> {
  await page.goto(url.replace('#', '?max=100&nocmd=0&nobots=0&in=none&rate=30#'))
  // Not waitForSelector: it needs checkVisibility, which engine 103 does not have.
  await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
  await watchRows(page)
}

const hasShown = (page: Page, rows: number) =>
  page.waitForFunction((least) => (window as unknown as { seenRows: string[] }).seenRows.length >= least, rows)

/** Each id at most once, and in the order in which they were sent. */
function checkOnceInOrder(seen: string[], sent: string[]): void {
  assert.is(new Set(seen).size, seen.length, 'no row twice')
  const places = new Map(sent.map((id, place) => [`twitch:${id}`, place]))
  const order = seen.map((id) => places.get(id) ?? -1)
  assert.ok(
    order.every((place, index) => place >= 0 && (index === 0 || place > (order[index - 1] ?? -1))),
    'in order',
  )
}

for (const engine of engines) {
  test(`shows of 500 lines a second what can be read, once and in order, while it is opened, closed and reopened (${engine})`, async () => {
    const panel = await Panel.register(server.base, `on_air_${engine}`)
    const { url } = await panel.overlay()
    const browser = await openEngine(engine)
    let page = await openPage(browser, { viewport: { width: 600, height: 800 } })
    await openOverlay(page, url)
    const lines = linesToShow()
    const sent: string[] = []
    let enough = false
    const feeding = (async () => {
      const per = (PER_SECOND * TICK_MS) / 1_000
      for (let at = 0; at < lines.length && !enough; at += per) {
        const due = new Promise((resolve) => setTimeout(resolve, TICK_MS))
        const batch = lines.slice(at, at + per)
        await panel.pushLines(batch.map(({ line }) => line))
        sent.push(...batch.map(({ id }) => id))
        await due
      }
    })()
    const shown: string[][] = []
    for (let reopening = 0; reopening < 3; reopening++) {
      await hasShown(page, ENOUGH)
      shown.push(await seenRows(page))
      await page.close()
      page = await openPage(browser, { viewport: { width: 600, height: 800 } })
      await openOverlay(page, url)
    }
    await hasShown(page, ENOUGH)
    enough = true
    await feeding
    // From a moderator, who goes before whoever else still waits.
    await panel.pushLines([
      ircLine('air-last', 'the end').replace('badges=;', 'badges=moderator/1;').replace('mod=0', 'mod=1'),
    ])
    await page.waitForFunction(
      (id) => (window as unknown as { seenRows: string[] }).seenRows.includes(id),
      'twitch:air-last',
      { timeout: 60_000 },
    )
    shown.push(await seenRows(page))
    for (const rows of shown) {
      checkOnceInOrder(equals(rows), sent)
    }
    checkOnceInOrder(equals(shown.flat()), sent)

    const doomed = (await shownIds(page)).at(-2) ?? ''
    await panel.pushLines([deleteLine(doomed.replace('twitch:', ''))])
    await page.waitForFunction((id) => !document.querySelector(`li.cc-msg[data-id="${id}"]`), doomed)
    await page.goto('about:blank')
    await page.goto(url.replace('#', '?max=100&backlog=20&nocmd=0&nobots=0#'))
    await page.waitForFunction(() => document.querySelector('li.cc-msg') !== null)
    assert.is((await shownIds(page)).includes(doomed), false, 'a reload does not bring it back')
    await browser.close()
  })

  test(`shows every event exactly once over connections that are cut (${engine})`, async () => {
    const panel = await Panel.register(server.base, `cut_off_${engine}`)
    const { url } = await panel.overlay()
    const browser = await openEngine(engine)
    // High enough for every row: rows that arrive together and do not fit are never drawn.
    const page = await openPage(browser, { viewport: { width: 600, height: 6_000 } })
    const proxy = await CuttableProxy.to(server.port)
    await openOverlay(page, url.replace(server.base, proxy.base))
    const sent: string[] = []
    const push = async (from: number, count: number) => {
      const ids = Array.from({ length: count }, (_, index) => `cut-${from + index}`)
      await panel.pushLines(ids.map((each) => ircLine(each, `message ${each}`)))
      sent.push(...ids)
    }
    for (let cut = 0; cut < 3; cut++) {
      await push(cut * 100, 20)
      await page.waitForFunction(
        (id) => (window as unknown as { seenRows: string[] }).seenRows.includes(id),
        `twitch:${sent.at(-1)}`,
      )
      proxy.cut()
      await push(cut * 100 + 20, 20)
      proxy.mend()
    }
    await push(900, 5)
    await page.waitForFunction(
      (id) => (window as unknown as { seenRows: string[] }).seenRows.includes(id),
      `twitch:${sent.at(-1)}`,
      { timeout: 60_000 },
    )
    assert.equal(
      await seenRows(page),
      sent.map((each) => `twitch:${each}`),
    )
    await browser.close()
    proxy.close()
  })
}

test.run()
