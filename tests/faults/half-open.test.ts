import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OverlayView } from '../../server/api/overlays.ts'
import { WINDOW_EVENTS } from '../../server/channels/window.ts'
import type { Page } from '../help/browsers.ts'
import { openPage } from '../help/browsers.ts'
import { FaultFigures } from '../help/fault-figures.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { CuttableProxy } from '../help/proxy.ts'
import { seenRows, watchRows } from '../help/seen-rows.ts'
import { serve } from '../help/serve.ts'

const PINGS = new URL('../help/pings-on-signal.mjs', import.meta.url).href
const test = suite('an overlay behind a cable that was pulled')
const here = serve(test, { env: () => ({ NODE_OPTIONS: `--import=${PINGS}` }) })
let pings = 0

/** One interval of pings; resolves when all have been sent. */
async function ping(): Promise<void> {
  const words = `pinged ${++pings}\n`
  here.server.child.kill('SIGUSR2')
  while (!here.server.output().includes(words)) await sleep(5)
}

async function connected(panel: Panel): Promise<number> {
  const { items } = await panel.json<{ items: OverlayView[] }>('GET', '/api/overlays')
  return items[0]?.clients.length ?? -1
}

/** Resolves when so many pages of the overlay are connected. */
async function until(panel: Panel, clients: number): Promise<void> {
  while ((await connected(panel)) !== clients) await sleep(10)
}

const say = (panel: Panel, ids: string[]) => panel.pushLines(ids.map((id) => ircLine(id, `text of ${id}`)))
const due = (ids: string[]) => ids.map((id) => `twitch:${id}`)
const last = (page: Page, id: string) =>
  page.waitForFunction((id) => document.querySelector(`li.cc-msg[data-id="${id}"]`) !== null, `twitch:${id}`)

test('is found by the second ping and freed, and nobody who answers is', async () => {
  const panel = await Panel.register(here.base, 'pulled_cable')
  const { key } = await panel.overlay()
  const proxy = await CuttableProxy.to(here.server.port)
  const [well, ill] = [await Listener.open(here.base, key), await Listener.open(proxy.base, key)]
  await until(panel, 2)
  proxy.freeze()
  const pinged = once(well.ws, 'ping')
  await ping()
  await pinged
  // Behind its answer to the ping on the same connection: once this is answered, that has been heard.
  const { epoch, seq, frames } = well
  well.hello({ key, epoch, seq })
  await well.until(() => frames.filter(({ type }) => type === 'welcome').length === 2)
  assert.is(await connected(panel), 2, 'one ping that is not answered may be late')
  await ping()
  await until(panel, 1)
  assert.is(ill.closed, null, 'it does not know')
  assert.is(well.closed, null)
  proxy.close()
  well.close()
})

test('shows each event once and in order when it thaws, as it was, given up meanwhile, or behind by more than is kept', async () => {
  const figures = new FaultFigures('F13')
  const panel = await Panel.register(here.base, 'frozen_line')
  const { url } = await panel.overlay()
  const proxy = await CuttableProxy.to(here.server.port)
  const page = await openPage(here.browser)
  await page.goto(url.replace(here.base, proxy.base).replace('#', '?max=100&rate=30&in=none#'))
  await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
  await watchRows(page)

  await say(panel, ['a'])
  await last(page, 'a')
  proxy.freeze()
  await say(panel, ['b', 'c'])
  proxy.thaw()
  await last(page, 'c')
  assert.ok(figures.judge(due(['a', 'b', 'c']), await seenRows(page)))

  proxy.freeze()
  await say(panel, ['d'])
  await ping()
  await ping()
  await until(panel, 0)
  await say(panel, ['e', 'f'])
  proxy.thaw()
  await last(page, 'f')
  assert.ok(figures.judge(due(['a', 'b', 'c', 'd', 'e', 'f']), await seenRows(page)))

  proxy.freeze()
  await ping()
  await ping()
  await until(panel, 0)
  const many = Array.from({ length: WINDOW_EVENTS + 100 }, (_, nth) => `g${String(nth).padStart(3, '0')}`)
  await say(panel, many.slice(0, 300))
  await say(panel, many.slice(300))
  proxy.thaw()
  await last(page, many.at(-1) ?? '')
  const seen = await seenRows(page)
  const order = new Map(due(['a', 'b', 'c', 'd', 'e', 'f', ...many]).map((id, nth) => [id, nth]))
  const places = seen.map((id) => order.get(id) ?? -1)
  assert.ok(
    places.every((place, nth) => nth === 0 || place > (places[nth - 1] ?? 0)),
    'no row twice, none out of order, over the hole that nobody can fill',
  )
  figures.injections += 1
  figures.tell()
  proxy.close()
})

test.run()
