import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { buildOf } from '../../server/middleware/files.ts'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { message, remove } from './samples.ts'
import { PAGES, StandIn } from './stand-in.ts'

/** The built page at home in OBS: a made `window.obsstudio`, in both of OBS's engines. */

interface Context {
  browser: Browser
  server: StandIn
  page: Page
  errors: string[]
}

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite<Context>(`overlay/home in Chromium ${engine}`)

  test.before(async (context) => {
    context.browser = await openEngine(engine)
  })
  test.after(async ({ browser }) => browser.close())
  test.before.each(async (context) => {
    context.server = await StandIn.start()
    context.page = await openPage(context.browser, { viewport: { width: 640, height: 800 } })
    context.errors = []
    context.page.on('pageerror', ({ message: text }) => context.errors.push(text))
    await context.page.addInitScript(makeObs)
  })
  test.after.each(async ({ page, server, errors }) => {
    await page.close()
    await server.close()
    assert.equal(errors, [])
  })

  test('reports where it stands in OBS, and each change of that', async ({ page, server }) => {
    await page.addInitScript('obsAnswer({ streaming: true, recording: false })')
    await open(page, server)
    const first = await server.reported(({ streaming }) => streaming === true)
    assert.is(server.hellos[0]?.client?.obs, '2.26.9')
    assert.equal([first.visible, first.active, first.recording], [true, null, false])
    assert.match(first.build, /^[0-9a-f]{16}$/)
    await page.evaluate(say, ['obsSourceActiveChanged', { active: true }] as const)
    await server.reported(({ active }) => active === true)
    await page.evaluate(say, ['obsStreamingStopped', null] as const)
    await page.evaluate(say, ['obsRecordingStarted', null] as const)
    await server.reported(({ streaming, recording }) => streaming === false && recording === true)
    await page.evaluate(say, ['obsSourceVisibleChanged', { visible: false }] as const)
    await server.reported(({ visible }) => !visible)
  })

  test('lives with an OBS whose calls never answer, fail, or answer nonsense', async ({ page, server }) => {
    await open(page, server)
    const quiet = await server.reported(() => true)
    assert.equal([quiet.streaming, quiet.recording, quiet.visible], [null, null, true])
    for (const answer of ['obsAnswer(null)', 'obsAnswer({ streaming: "yes" })', 'obsThrow()']) {
      await page.evaluate(answer)
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    }
    await page.evaluate(say, ['obsSourceVisibleChanged', null] as const)
    await page.evaluate(say, ['obsSourceActiveChanged', { active: 'yes' }] as const)
    await page.evaluate(say, ['obsSourceActiveChanged', { active: true }] as const)
    const last = await server.reported(({ active }) => active === true)
    assert.equal([last.streaming, last.recording, last.visible], [null, null, true])
  })

  test('an answer that comes too late does not overrule the events', async ({ page, server }) => {
    await page.addInitScript('obsLater()')
    await open(page, server)
    await page.evaluate(say, ['obsStreamingStarted', null] as const)
    await server.reported(({ streaming }) => streaming === true)
    await page.evaluate('skipTime(3000); obsAnswerNow({ streaming: false, recording: true })')
    await page.evaluate(say, ['obsSourceActiveChanged', { active: true }] as const)
    const last = await server.reported(({ active }) => active === true)
    assert.equal([last.streaming, last.recording], [true, null])
  })

  test('outside OBS it reports whether its tab is in front', async ({ page, server }) => {
    await page.addInitScript('delete window.obsstudio')
    await open(page, server)
    const first = await server.reported(({ visible }) => visible)
    assert.equal([first.active, first.streaming, first.recording], [null, null, null])
    assert.is(server.hellos[0]?.client?.obs, undefined)
    await page.evaluate('hide(true)')
    await server.reported(({ visible }) => !visible)
  })

  test('says anew how it is on every new line', async ({ page, server }) => {
    await open(page, server)
    await server.reported(() => true)
    server.reports = []
    server.cut(0)
    await server.reported(() => true)
  })

  test('tells its rows and its last paint when they have changed', async ({ page, server }) => {
    await open(page, server)
    server.publish(message('a'), message('b'))
    await rowsAre(page, 'a b')
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.evaluate(say, ['obsSourceActiveChanged', { active: true }] as const)
    const report = await server.reported(({ rows }) => rows === 2)
    assert.ok(Number.isInteger(report.painted) && Number(report.painted) >= 0, `${report.painted}`)
    assert.is(report.queue, 0)
  })

  test('draws nothing new while hidden, keeps its line, takes removals away, and is right at once when seen', async ({
    page,
    server,
  }) => {
    await open(page, server)
    server.publish(message('a'), message('b'))
    await rowsAre(page, 'a b')
    await page.evaluate(say, ['obsSourceVisibleChanged', { visible: false }] as const)
    await server.reported(({ visible }) => !visible)
    server.publish(message('c'))
    server.publish(remove({ id: 'a' }))
    await rowsAre(page, 'b c')
    server.publish(message('d'))
    await page.evaluate(() => new Promise((done) => setTimeout(done, 600)))
    assert.is(await rowIds(page), 'b c', 'a message alone is not drawn')
    await page.evaluate(say, ['obsSourceVisibleChanged', { visible: true }] as const)
    assert.is(await rowIds(page), 'b c d')
    assert.is(await page.evaluate(moving), 0)
    assert.is(server.hellos.length, 1)
  })

  test('after a minute out of sight it shows what is left, and replays nothing', async ({ page, server }) => {
    server.settings = { lifetime: 30 }
    server.build = buildOf(PAGES)
    await open(page, server)
    server.publish(message('old'))
    await rowsAre(page, 'old')
    await page.evaluate('hide(true)')
    await server.reported(({ visible }) => !visible)
    server.publish(message('missed'))
    server.send({ type: 'beat', seq: server.seq })
    await rowsAre(page, 'old missed')
    await page.evaluate('skipTime(60000)')
    server.publish(message('fresh'))
    const beats = server.reports.length
    server.send({ type: 'beat', seq: server.seq })
    await page.waitForFunction(() => document.querySelector('[data-id=fresh]'))
    await page.evaluate('hide(false)')
    assert.is(await rowIds(page), 'fresh')
    assert.is(await page.evaluate(moving), 0)
    await server.reported(({ visible }) => visible)
    assert.ok(server.reports.length > beats)
    server.publish(message('next'))
    await page.waitForFunction(() => document.querySelector('[data-id=next][data-enter]'))
  })

  test('a scene that loads it anew shows the backlog without motion', async ({ page, server }) => {
    server.settings = { backlog: 3 }
    server.publish(message('a'), message('b'), message('c'), message('d'))
    await open(page, server)
    await rowsAre(page, 'b c d')
    assert.is(await page.evaluate(moving), 0)
    await page.reload()
    await rowsAre(page, 'b c d')
    assert.is(await page.evaluate(moving), 0)
  })

  test('loads anew when asked: at once out of sight, and after two quiet seconds in sight', async ({
    page,
    server,
  }) => {
    await open(page, server)
    await page.evaluate(say, ['obsSourceVisibleChanged', { visible: false }] as const)
    await server.reported(({ visible }) => !visible)
    const hidden = server.welcomed()
    server.send({ type: 'reload' })
    await hidden
    await page.waitForFunction(() => document.querySelector('.cc-feed')?.getAttribute('data-state') === 'live')
    await server.reported(({ visible }) => visible)
    const seen = server.welcomed()
    server.send({ type: 'reload' })
    await seen
    assert.is(server.hellos.length, 3)
  })

  test('does not leave for a server that is away, and does once it is back', async ({ page, server }) => {
    await open(page, server)
    await page.evaluate(say, ['obsSourceVisibleChanged', { visible: false }] as const)
    await server.reported(({ visible }) => !visible)
    server.well = false
    const refused = page.waitForResponse((answer) => answer.url().endsWith('/healthz'))
    server.send({ type: 'reload' })
    assert.is((await refused).status(), 502)
    server.publish(message('still there'))
    await server.reported(({ rows }) => rows === 1)
    assert.is(server.hellos.length, 1)
    server.well = true
    const back = server.welcomed()
    server.publish(message('and back'))
    await back
  })

  test('does not load anew under a featured message', async ({ page, server }) => {
    server.featured = { ...message('star'), seq: 0 } as typeof server.featured
    await open(page, server)
    server.send({ type: 'reload' })
    await page.evaluate(() => new Promise((done) => setTimeout(done, 2_500)))
    assert.is(server.hellos.length, 1)
    const back = server.welcomed()
    server.send({ type: 'featured', event: null })
    await back
  })

  test('a new build waits for the page to be a minute old and for quiet, then loads once', async ({ page, server }) => {
    server.build = 'another'
    await open(page, server)
    await page.evaluate('skipTime(60000)')
    const back = server.welcomed()
    server.publish(message('a'))
    await back
    assert.match(page.url(), /build=another/)
    await page.evaluate('skipTime(60000)')
    server.publish(message('b'))
    await page.evaluate(() => new Promise((done) => setTimeout(done, 2_500)))
    assert.is(server.hellos.length, 2, 'in vain is not tried again')
  })

  test.run()
}

async function open(page: Page, server: StandIn): Promise<void> {
  const welcomed = server.welcomed()
  await page.goto(server.page())
  await welcomed
  await page.waitForFunction(() => document.querySelector('.cc-feed')?.getAttribute('data-state') === 'live')
  await server.reported(() => true)
}

const rowIds = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll('.cc-msg')].map((row) => row.getAttribute('data-id')).join(' '))

async function rowsAre(page: Page, ids: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.cc-msg')].map((row) => row.getAttribute('data-id')).join(' ') === wanted,
    ids,
  )
}

/** What moves right now. */
function moving(): number {
  return document.getAnimations().filter(({ playState }) => playState === 'running').length
}

function say([name, detail]: readonly [string, unknown]): void {
  window.dispatchEvent(new CustomEvent(name, { detail }))
}

/** Runs before the page: an OBS that does not answer until it is told how, a clock that can be put on, a tab that can be hidden. */
function makeObs(): void {
  let answer: (callback: (status: unknown) => void) => void = () => {}
  let pending: (status: unknown) => void = () => {}
  let hidden = false
  let skipped = 0
  const [clock, sinceStart] = [Date.now.bind(Date), performance.now.bind(performance)]
  Date.now = () => clock() + skipped
  performance.now = () => sinceStart() + skipped
  Object.defineProperty(document, 'hidden', { get: () => hidden })
  Object.assign(window, {
    obsstudio: { pluginVersion: '2.26.9', getStatus: (callback: (status: unknown) => void) => answer(callback) },
    obsAnswer(status: unknown) {
      answer = (callback) => setTimeout(() => callback(status))
    },
    obsThrow() {
      answer = () => {
        throw new Error('no such call')
      }
    },
    obsLater() {
      answer = (callback) => {
        pending = callback
      }
    },
    obsAnswerNow: (status: unknown) => pending(status),
    skipTime(span: number) {
      skipped += span
    },
    hide(on: boolean) {
      hidden = on
      document.dispatchEvent(new Event('visibilitychange'))
    },
  })
}
