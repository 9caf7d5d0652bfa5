import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DockView } from '../../server/api/overlays.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { deleteLine, ircLine, Panel } from '../help/panel.ts'
import { openPanel } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('pages over a restart')
const SIGNALS = ['SIGTERM', 'SIGKILL'] as const
const KILLS = 5
/** Events of a round that the reader sees before the kill. */
const ENOUGH = 100

const lines = (...ids: string[]) => ids.map((id) => ircLine(id, `text of ${id}`))
const idsOf = ({ events }: Listener) => events.flatMap((event) => (event.kind === 'message' ? [event.id] : []))
const named = (...ids: string[]) => ids.map((id) => `twitch:${id}`)

/** A server with a stream that has shown a, b and c, of which b was deleted. */
async function begun(name: string) {
  const data = await temporaryData()
  const server = await startServer({ dataDir: data.path })
  const panel = await Panel.register(server.base, name)
  await panel.pushLines(lines('early'))
  await panel.startStream()
  await panel.pushLines(lines('a', 'b', 'c'))
  await panel.pushLines([deleteLine('b')])
  return { data, server, panel, overlay: await panel.overlay() }
}

async function again(server: RunningServer, signal: NodeJS.Signals): Promise<RunningServer> {
  await server.end(signal)
  return startServer({ dataDir: server.dataDir, port: server.port })
}

for (const signal of SIGNALS) {
  test(`a fresh reader gets the snapshot of the stream that goes on (${signal})`, async () => {
    const { data, server, panel, overlay } = await begun('fresh_reader')
    const next = await again(server, signal)
    const fresh = await Listener.open(next.base, overlay.key)
    await fresh.until(() => fresh.events.length > 0)
    assert.is(fresh.welcome?.recovered, false)
    assert.equal(idsOf(fresh), named('a', 'c'), 'neither what was removed nor what was before the stream')
    await panel.pushLines(lines('d'))
    await fresh.until(() => idsOf(fresh).length === 3)
    assert.is(fresh.seq, (fresh.welcome?.seq ?? 0) + 1, 'the numbers go on')
    fresh.close()
    await next.end('SIGKILL')
    await data.remove()
  })

  test(`a reader that comes back gets exactly what it missed, also over two restarts (${signal})`, async () => {
    const { data, server, panel, overlay } = await begun('coming_back')
    const before = await Listener.open(server.base, overlay.key)
    await before.until(() => before.events.length > 0)
    const at = { epoch: before.epoch, seq: before.welcome?.seq ?? 0 }
    before.close()
    await panel.pushLines(lines('d', 'e'))
    const second = await again(server, signal)
    await panel.pushLines(lines('f'))
    const third = await again(second, signal)
    await panel.pushLines(lines('g'))
    const back = await Listener.open(third.base, overlay.key, at)
    await back.until(() => back.seq === back.welcome?.seq)
    assert.is(back.welcome?.recovered, true)
    assert.equal(idsOf(back), named('d', 'e', 'f', 'g'))
    assert.equal(
      back.events.map(({ seq }) => seq),
      [1, 2, 3, 4].map((step) => at.seq + step),
    )
    const beyond = await Listener.open(third.base, overlay.key, { epoch: at.epoch, seq: at.seq + 3 })
    await beyond.until(() => beyond.events.length > 0)
    assert.is(beyond.welcome?.recovered, false, 'what it saw there was not kept')
    assert.equal(idsOf(beyond), named('a', 'c', 'd', 'e', 'f', 'g'))
    for (const reader of [back, beyond]) reader.close()
    await third.end('SIGKILL')
    await data.remove()
  })
}

test('a reader that comes back over kills under load misses nothing that was answered, and a resume repeats nothing', async () => {
  const { data, server, panel, overlay } = await begun('under_load')
  let running = server
  let reader = await Listener.open(running.base, overlay.key)
  const seen = new Set<string>()
  let resumes = 0
  for (let round = 0; round < KILLS; round++) {
    const answered: string[] = []
    const feeding = feed(panel, round, answered)
    await reader.until(() => idsOf(reader).filter((id) => id.startsWith(`twitch:r${round}-`)).length > ENOUGH)
    await running.end('SIGKILL')
    await feeding
    await reader.until(() => reader.closed !== null)
    for (const id of idsOf(reader)) seen.add(id)
    const at = { epoch: reader.epoch, seq: reader.seq }
    running = await startServer({ dataDir: running.dataDir, port: running.port })
    reader = await Listener.open(running.base, overlay.key, at)
    await panel.pushLines(lines(`end-${round}`))
    await reader.until(() => idsOf(reader).includes(`twitch:end-${round}`))
    if (reader.welcome?.recovered === true) {
      resumes++
      checkResumed(reader, at.seq, seen)
    }
    for (const id of idsOf(reader)) seen.add(id)
    assert.equal(
      answered.filter((id) => !seen.has(id)),
      [],
      'nothing answered is missing',
    )
  }
  tell(`${KILLS} kills under load, ${resumes} of them resumed exactly, the others by a snapshot`)
  reader.close()
  await running.end('SIGKILL')
  await data.remove()
})

function checkResumed(reader: Listener, from: number, seen: ReadonlySet<string>): void {
  assert.equal(
    reader.events.map(({ seq }) => seq),
    reader.events.map((_, nth) => from + 1 + nth),
    'without a gap',
  )
  assert.equal(
    idsOf(reader).filter((id) => seen.has(id)),
    [],
    'nothing twice',
  )
}

/** Pushes numbered lines until the server is gone. */
async function feed(panel: Panel, round: number, answered: string[]): Promise<void> {
  for (let push = 0; ; push++) {
    const ids = Array.from({ length: 10 }, (_, index) => `r${round}-${push}-${index}`)
    try {
      const { events } = await panel.pushLines(lines(...ids))
      answered.push(...events.map(({ id }) => id))
    } catch {
      return
    }
  }
}

const shown = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('li.cc-msg')].map((row) => row.getAttribute('data-id') ?? ''))
const hasRow = (page: Page, id: string) =>
  page.waitForFunction((wanted) => document.querySelector(`li.cc-msg[data-id="twitch:${wanted}"]`) !== null, id)

for (const engine of engines) {
  test(`overlay, dock and panel show what the stream has shown, each row once, on opening and on coming back (${engine})`, async () => {
    const { data, server, panel, overlay } = await begun(`drawn_${engine}`)
    const browser = await openEngine(engine)
    const dock = await panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope: 'read' })
    const address = overlay.url.replace('#', '?backlog=20&in=none&rate=0#')
    const stayed = await openPage(browser)
    await stayed.goto(address)
    await hasRow(stayed, 'c')
    const next = await again(server, 'SIGKILL')
    await panel.pushLines(lines('d'))
    await hasRow(stayed, 'd')
    assert.equal(await shown(stayed), named('a', 'c', 'd'), 'the page that stayed')

    const last = await again(next, 'SIGTERM')
    const fresh = await openPage(browser)
    await fresh.goto(address)
    await hasRow(fresh, 'd')
    assert.equal(await shown(fresh), named('a', 'c', 'd'), 'a fresh overlay')
    await hasRow(stayed, 'd')
    assert.equal(await shown(stayed), named('a', 'c', 'd'), 'the page that stayed, once more')
    const docked = await openPage(browser)
    await docked.goto(dock.url)
    const admin = await openPanel(browser, panel, '#/')
    for (const page of [docked, admin]) {
      await page.waitForFunction(() => document.body.textContent?.includes('text of d') === true)
      const text = (await page.evaluate(() => document.body.textContent)) ?? ''
      for (const id of ['a', 'c', 'd']) assert.is(text.split(`text of ${id}`).length, 2, `${id} stands once`)
    }
    await browser.close()
    await last.end('SIGKILL')
    await data.remove()
  })
}

test.run()
