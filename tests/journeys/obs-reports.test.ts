import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OverlayView } from '../../server/api/overlays.ts'
import { CLOSE, type OverlayClient } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const test = suite('obs reports')
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let panel: Panel
let overlay: OverlayView & { key: string }

const AGENT = 'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/127.0.6533.120 Safari/537.36 OBS/32.2.2'
const REPORT = { visible: true, active: true, streaming: false, recording: null, build: 'b1', painted: 1_000, rows: 2 }

test.before(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  panel = await Panel.register(server.base, 'reporting')
  overlay = await panel.overlay()
})
test.after(async () => {
  await server.end('SIGKILL')
  await data.remove()
})

async function openPage(key = overlay.key): Promise<Listener> {
  const page = new Listener(server.base, '/ws/overlay', { 'User-Agent': AGENT })
  await page.opened()
  page.hello({ key, client: { name: '600×800', obs: '2.26.9' } })
  await page.until(() => page.welcome !== null)
  return page
}

const report = (page: Listener, more: object = {}) =>
  page.ws.send(JSON.stringify({ type: 'report', ...REPORT, queue: 0, ...more }))

async function openPanel(of = panel): Promise<Listener> {
  const listener = new Listener(server.base, '/ws/panel', { Cookie: of.cookie, Origin: server.base })
  await listener.opened()
  listener.hello({})
  await listener.until(() => listener.welcome !== null)
  return listener
}

function clientsOf(listener: Listener): OverlayClient[] {
  const newest = listener.frames.filter((frame) => frame.type === 'status').at(-1)
  return newest?.type === 'status' ? newest.overlays : []
}

const listed = async (id = overlay.id) =>
  (await panel.json<OverlayView>('GET', `/api/overlays/${id}`)).clients.map(({ report }) => report)

test('shows the panel the newest report of each page, and nobody else', async () => {
  const other = await Panel.register(server.base, 'onlooker')
  const [page, watching, stranger] = [await openPage(), await openPanel(), await openPanel(other)]
  report(page)
  await watching.until(() => clientsOf(watching)[0]?.report !== null && clientsOf(watching).length > 0)
  const [client] = clientsOf(watching)
  assert.equal([client?.version, client?.engine, client?.obs], ['32.2.2', '127.0.6533.120', '2.26.9'])
  const { at = 0, paintedAt, ...told } = client?.report ?? {}
  const { painted: _, ...sent } = REPORT
  assert.equal(told, { ...sent, queue: 0 })
  assert.is(paintedAt, at - 1_000)
  report(page, { active: false, streaming: true })
  await watching.until(() => clientsOf(watching)[0]?.report?.streaming === true)
  assert.equal(
    (await listed()).map((each) => [each?.active, each?.streaming]),
    [[false, true]],
  )
  assert.equal(clientsOf(stranger), [])
  for (const each of [page, watching, stranger]) each.close()
})

test('keeps a report over a second hello, and forgets it with the page', async () => {
  const page = await openPage()
  const watching = await openPanel()
  report(page, { rows: 7 })
  await watching.until(() => clientsOf(watching).some((client) => client.report?.rows === 7))
  page.welcome = null
  page.hello({ key: overlay.key })
  await page.until(() => page.welcome !== null)
  assert.ok((await listed()).some((each) => each?.rows === 7))
  page.close()
  await watching.until(() => !clientsOf(watching).some((client) => client.report?.rows === 7))
  watching.close()
})

test('takes a report that comes right behind the hello', async () => {
  const page = new Listener(server.base)
  const watching = await openPanel()
  await page.opened()
  page.hello({ key: overlay.key })
  report(page, { rows: 9 })
  await watching.until(() => clientsOf(watching).some((client) => client.report?.rows === 9))
  for (const each of [page, watching]) each.close()
})

test('refuses bad reports, reports before the hello, from panels, and too many', async () => {
  const bad = await openPage()
  report(bad, { rows: -1 })
  await bad.until(() => bad.closed !== null)
  const early = new Listener(server.base)
  await early.opened()
  report(early)
  await early.until(() => early.closed !== null)
  const wrong = await openPanel()
  report(wrong)
  await wrong.until(() => wrong.closed !== null)
  const flood = await openPage()
  for (let sent = 0; sent < 31; sent++) report(flood)
  await flood.until(() => flood.closed !== null)
  assert.equal(
    [bad, early, wrong, flood].map(({ closed }) => closed),
    [CLOSE.policy, CLOSE.policy, CLOSE.policy, CLOSE.policy],
  )
})

test('asks just the pages of one overlay to load anew', async () => {
  const second = await panel.json<OverlayView>('POST', '/api/overlays', { name: 'Second' })
  const [one, two] = [await openPage(), await openPage()]
  const elsewhere = await openPage(second.url.split('#')[1])
  const answer = await panel.json<{ pages: number }>('POST', `/api/overlays/${overlay.id}/reload`)
  assert.equal(answer, { pages: 2 })
  const asked = (page: Listener) => page.frames.some(({ type }) => type === 'reload')
  await Promise.all([one, two].map((page) => page.until(() => asked(page))))
  assert.is(asked(elsewhere), false)
  assert.equal(await panel.json('POST', `/api/overlays/${second.id}/reload`), { pages: 1 })
  for (const page of [one, two, elsewhere]) page.close()
})

test.run()
