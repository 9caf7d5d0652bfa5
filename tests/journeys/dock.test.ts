import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DeedView } from '../../server/api/moderation.ts'
import type { DockView } from '../../server/api/overlays.ts'
import type { StreamView } from '../../server/api/streams.ts'
import type { DockScope } from '../../server/protocol.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { axePath, type Engine, engines, openPage } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { CuttableProxy } from '../help/proxy.ts'
import { serve } from '../help/serve.ts'

/** The dock's page in both engines of OBS, beside overlays and a panel, on the real server. */

const NARROW = { width: 240, height: 480 }
/** WCAG 2.5.8, px. */
const SMALLEST_TARGET = 24
let people = 0

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite(`dock in Chromium ${engine}`)
  const here = serve(test, { engine })
  const errors: string[] = []

  test.after.each(async () => {
    assert.equal(errors.splice(0), [])
  })

  const newPanel = () => Panel.register(here.base, `at_the_dock_${people++}`)
  const makeDock = (panel: Panel, scope: DockScope = 'moderate') =>
    panel.json<DockView>('POST', '/api/docks', { name: 'Side', scope })

  async function newPage(viewport = NARROW): Promise<Page> {
    const page = await openPage(here.browser, { viewport })
    page.on('pageerror', ({ message }) => errors.push(message))
    return page
  }
  async function openDock(url: string, viewport = NARROW): Promise<Page> {
    const page = await newPage(viewport)
    await page.goto(url)
    await page.waitForFunction(() => document.querySelectorAll('.lights li, .sources li').length === 3)
    return page
  }
  async function openOverlay(panel: Panel, query = ''): Promise<Page> {
    const page = await newPage({ width: 600, height: 800 })
    await page.addInitScript(countFrames)
    await page.goto((await panel.overlay()).url.replace('#', `${query}#`))
    await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
    return page
  }

  test('keeps a name from right to left at the beginning of its sentence', async () => {
    const panel = await newPanel()
    const dock = await openDock((await makeDock(panel)).url, { width: 480, height: 480 })
    await panel.json('POST', '/api/simulator/messages', { platform: 'twitch', kind: 'sub', name: 'שקט', text: '' })
    await dock.waitForFunction(() => document.querySelector('.notice bdi')?.textContent === 'שקט')
    const [name, sentence] = await dock.evaluate(() =>
      ['.notice bdi', '.notice'].map((each) => document.querySelector(each)?.getBoundingClientRect().left),
    )
    assert.is(name, sentence)
    await dock.context().close()
  })

  test('hides a message: it leaves the overlay within a frame, and no reload brings it back; Undo does', async () => {
    const panel = await newPanel()
    const [dock, overlay] = [await openDock((await makeDock(panel)).url), await openOverlay(panel)]
    await panel.pushLines([ircLine('a', 'good evening'), ircLine('b', 'cheap viewers', 'Buyer'), ircLine('c', 'gg')])
    await rowsAre(overlay, 'a b c')
    await dockRowsAre(dock, 'a b c')
    await press(dock, 'b', 'Hide this message by Buyer')
    await rowsAre(overlay, 'a c')
    assert.ok((await framesTaken(overlay)) <= 1, 'within one frame')
    await dock.waitForFunction(() => document.querySelector('.row[data-hidden=moderator] .reason') !== null)
    const reloaded = await openOverlay(panel, '?backlog=10')
    await rowsAre(reloaded, 'a c')
    const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
    assert.equal(
      [items[0]?.what, items[0]?.by, items[0]?.text],
      ['hide', { kind: 'dock', name: 'Side' }, 'cheap viewers'],
    )
    await press(dock, 'b', 'Show this message again')
    await rowsAre(overlay, 'a b c')
    await rowsAre(reloaded, 'a b c')
    await dock.waitForFunction(() => document.querySelector('.row[data-hidden]') === null)
  })

  test('hides all that a person wrote, and shows it again', async () => {
    const panel = await newPanel()
    const [dock, overlay] = [await openDock((await makeDock(panel)).url), await openOverlay(panel)]
    const other = ircLine('c', 'gg', 'Mossy_Otter').replaceAll('1001', '1002')
    await panel.pushLines([ircLine('a', 'one', 'Buyer'), ircLine('b', 'two', 'Buyer'), other])
    await rowsAre(overlay, 'a b c')
    await press(dock, 'b', 'Hide Buyer and all they write')
    await rowsAre(overlay, 'c')
    await press(dock, 'a', 'Show all by Buyer again')
    await rowsAre(overlay, 'a b c')
  })

  test('features a message and takes it down; overlays are told', async () => {
    const panel = await newPanel()
    const listener = await Listener.open(here.base, (await panel.overlay()).key)
    const dock = await openDock((await makeDock(panel)).url)
    await panel.pushLines([ircLine('a', 'what a jump')])
    await dockRowsAre(dock, 'a')
    await press(dock, 'a', 'Feature this message')
    const told = () => listener.frames.flatMap((frame) => (frame.type === 'featured' ? [frame.event?.id] : []))
    await listener.until(() => told().length === 1)
    assert.equal(told(), ['twitch:a'])
    await dock.waitForFunction(() => document.querySelector('.featured .cc-text')?.textContent === 'what a jump')
    const again = await openDock(dock.url())
    await again.waitForFunction(() => document.querySelector('.featured') !== null)
    await click(again, '.featured button')
    await listener.until(() => told().length === 2)
    await dock.waitForFunction(() => document.querySelector('.featured') === null)
    listener.close()
  })

  test('panic empties the overlay and holds it empty, also over a reload; afterwards only what is new is shown', async () => {
    const panel = await newPanel()
    const [dock, overlay] = [await openDock((await makeDock(panel)).url), await openOverlay(panel)]
    await panel.pushLines([ircLine('a', 'before')])
    await rowsAre(overlay, 'a')
    await click(dock, '[aria-label="Hide the overlays now"]')
    await rowsAre(overlay, '')
    await dock.waitForFunction(() => document.querySelector('.bar[data-tone=panic]') !== null)
    await panel.pushLines([ircLine('b', 'a flood'), ircLine('c', 'of words')])
    await dockRowsAre(dock, 'a b c')
    const reloaded = await openOverlay(panel, '?backlog=10')
    await click(dock, '.bar[data-tone=panic] button')
    await dock.waitForFunction(() => document.querySelector('.bar[data-tone=panic]') === null)
    await panel.pushLines([ircLine('d', 'after')])
    await rowsAre(overlay, 'd')
    await rowsAre(reloaded, 'd')
    const late = await openOverlay(panel, '?backlog=10')
    await rowsAre(late, 'd')
    await dockRowsAre(dock, 'a b c d')
  })

  test('slows the picture down at a press, says so in every dock, and takes it back with a key', async () => {
    const panel = await newPanel()
    const control = await makeDock(panel, 'control')
    const [desk, dock] = [await openDock(control.controlUrl ?? ''), await openDock((await makeDock(panel)).url)]
    const overlay = await openOverlay(panel)
    await pressedIs(desk, 'Slow display', false)
    await button(desk, 'Slow display')
    await pressedIs(desk, 'Slow display', true)
    await dock.waitForFunction(() =>
      document.querySelector('.bar[data-tone=slow]')?.textContent?.includes('Slow display'),
    )
    const reloaded = await openDock(control.controlUrl ?? '')
    await pressedIs(reloaded, 'Slow display', true)
    await panel.pushLines(Array.from({ length: 12 }, (_, nth) => ircLine(`r${nth}`, 'we are many')))
    await dock.waitForFunction(() => document.querySelectorAll('.row').length === 12)
    assert.ok((await rowsUpTo(overlay, 'r11')) < 12, 'few of them')
    await dock.keyboard.press('Shift+S')
    await pressedIs(desk, 'Slow display', false)
    await dock.waitForFunction(() => document.querySelector('.bar[data-tone=slow]') === null)
    const before = await rowsUpTo(overlay, 'r11')
    await panel.pushLines(['a', 'b', 'c', 'd'].map((id) => ircLine(id, 'quiet again')))
    assert.is(await rowsUpTo(overlay, 'd'), before + 4)
    const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
    assert.equal(
      items.map(({ what, by }) => [what, by.kind]),
      ['unslow', 'slow'].map((what) => [what, 'dock']),
    )
  })

  test('two docks and a panel stay in step', async () => {
    const panel = await newPanel()
    const [one, two] = [await makeDock(panel), await makeDock(panel)]
    const [first, second] = [await openDock(one.url), await openDock(two.url, { width: 320, height: 640 })]
    const board = await newPage({ width: 1280, height: 800 })
    await board.context().addCookies(cookiesOf(panel, here.base))
    await board.goto(`${here.base}/admin/#/live`)
    await has(board, '.feed')
    await panel.pushLines([ircLine('a', 'one'), ircLine('b', 'two')])
    for (const dock of [first, second]) await dockRowsAre(dock, 'a b')
    await press(first, 'a', 'Hide this message')
    await board.waitForFunction(() => document.querySelectorAll('.row[data-struck]').length === 1)
    await second.waitForFunction(
      () => document.querySelector('.row[data-hidden]')?.getAttribute('data-id') === 'twitch:a',
    )
    await press(second, 'a', 'Show this message again')
    await board.waitForFunction(() => document.querySelectorAll('.row[data-struck]').length === 0)
    await first.waitForFunction(() => document.querySelector('.row[data-hidden]') === null)
    await panel.json('POST', '/api/moderation/panic', { on: true })
    for (const dock of [first, second]) await has(dock, '.bar[data-tone=panic]')
  })

  test('starts a stream, sends a test message, clears and ends, asked once more', async () => {
    const panel = await newPanel()
    const overlay = await openOverlay(panel)
    const desk = await openDock((await makeDock(panel, 'control')).controlUrl ?? '')
    await focus(desk, 'input')
    await desk.keyboard.type('From the desk')
    await button(desk, 'Start stream')
    await desk.waitForFunction(() => document.querySelector('.on') !== null)
    await button(desk, 'Send a test message')
    await overlay.waitForFunction(() => document.querySelectorAll('li.cc-msg').length === 1)
    await button(desk, 'Clear')
    await rowsAre(overlay, '')
    await button(desk, 'End stream')
    await button(desk, 'Go on')
    await button(desk, 'End stream')
    await button(desk, 'End it')
    await desk.waitForFunction(() => document.querySelector('.on') === null)
    const { items } = await panel.json<{ items: StreamView[] }>('GET', '/api/streams')
    assert.equal([items[0]?.title, items[0]?.messages], ['From the desk', 1])
  })

  test('switches the theme of an overlay on air at a press, and shows what another hand has put there', async () => {
    const panel = await newPanel()
    const overlay = await openOverlay(panel)
    const desk = await openDock((await makeDock(panel, 'control')).controlUrl ?? '')
    await wears(desk, 'Clean outline')
    await button(desk, 'Bubbles')
    await overlay.waitForFunction(() => document.querySelector('ol.cc-feed')?.getAttribute('data-theme') === 'bubbles')
    await wears(desk, 'Bubbles')
    const { items } = await panel.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
    assert.equal([items[0]?.what, items[0]?.author, items[0]?.by], ['theme', 'Main', { kind: 'dock', name: 'Side' }])
    const { id } = await panel.overlay()
    await panel.json('PATCH', `/api/overlays/${id}`, { settings: { theme: 'neon' } })
    await wears(desk, 'Neon')
    const second = await panel.json<{ id: string }>('POST', '/api/overlays', {
      name: 'Second',
      settings: { theme: 'cards' },
    })
    await desk.waitForFunction(() => document.querySelectorAll('.card option').length === 2)
    await desk.selectOption('select', second.id, { force: true })
    await wears(desk, 'Cards')
    await panel.call('DELETE', `/api/overlays/${second.id}`)
    await wears(desk, 'Neon')
  })

  test('may only read where its key says so', async () => {
    const panel = await newPanel()
    const { url } = await makeDock(panel, 'read')
    const dock = await openDock(url)
    await panel.pushLines([ircLine('a', 'one')])
    await dockRowsAre(dock, 'a')
    assert.is(await dock.evaluate(() => document.querySelectorAll('.acts, .top button').length), 1, 'only Pause')
    const desk = await newPage()
    await desk.goto(url.replace('#', '?view=control#'))
    await desk.waitForFunction(() => document.querySelector('.empty')?.textContent?.includes('may not do that'))
  })

  test('says so when its key is no longer good, and when it has none', async () => {
    const panel = await newPanel()
    const made = await makeDock(panel)
    const dock = await openDock(made.url)
    await panel.call('POST', `/api/docks/${made.id}/rotate`)
    await dock.waitForFunction(() => document.querySelector('.bar')?.textContent?.includes('no longer good'))
    const bare = await newPage()
    await bare.goto(`${here.base}/dock`)
    await bare.waitForFunction(() => document.querySelector('.bar')?.textContent?.includes('not whole'))
  })

  test('says inside itself that the connection is lost, and goes on without a gap', async () => {
    const panel = await newPanel()
    const proxy = await CuttableProxy.to(here.server.port)
    const { url } = await makeDock(panel)
    const dock = await openDock(url.replace(here.base, proxy.base))
    await panel.pushLines([ircLine('a', 'one')])
    await dockRowsAre(dock, 'a')
    proxy.cut()
    await dock.waitForFunction(() => document.querySelector('.bar[data-tone=warn]') !== null)
    await focus(dock, '.feed')
    await dock.keyboard.press('ArrowUp')
    await dock.keyboard.press('h')
    await dock.waitForFunction(() =>
      document.querySelector('.bar[data-tone=bad]')?.textContent?.includes('cannot be reached'),
    )
    await panel.pushLines([ircLine('b', 'two')])
    proxy.mend()
    await button(dock, 'Retry now').catch(() => undefined)
    await dock.waitForFunction(() => document.querySelector('.bar[data-tone=warn]') === null)
    await dockRowsAre(dock, 'a b')
    proxy.close()
  })

  test('works where no socket gets through, and comes back to a server that was away without a gap', async () => {
    const panel = await newPanel()
    const overlay = await openOverlay(panel)
    const proxy = await CuttableProxy.to(here.server.port)
    proxy.refuseSockets = true
    const { url } = await makeDock(panel)
    const asked: string[] = []
    const dock = await newPage()
    dock.on('request', (request) => asked.push(request.url()))
    await dock.goto(url.replace(here.base, proxy.base))
    await dock.waitForFunction(() => document.querySelectorAll('.lights li').length === 3)
    await panel.pushLines([ircLine('a', 'one'), ircLine('b', 'two')])
    await dockRowsAre(dock, 'a b')
    await press(dock, 'a', 'Hide this message')
    await rowsAre(overlay, 'b')
    await has(dock, '.row[data-hidden]')
    proxy.cut()
    await has(dock, '.bar[data-tone=warn]')
    await panel.pushLines([ircLine('c', 'three')])
    proxy.mend()
    await dockRowsAre(dock, 'a b c')
    await has(dock, '.row[data-hidden]')
    assert.ok(asked.some((address) => /\/api\/dock\/stream\?epoch=[^&]+&seq=\d+$/.test(address)))
    assert.not.ok(asked.some((address) => address.includes(url.split('#')[1] ?? '')))
    proxy.close()
  })

  test('draws hostile words as words', async () => {
    const panel = await newPanel()
    const dock = await openDock((await makeDock(panel)).url)
    const text = '<img src=x onerror=alert(1)><script>alert(1)</script> <b>bold</b>'
    await panel.pushLines([ircLine('a', text)])
    await dockRowsAre(dock, 'a')
    assert.is(await dock.evaluate(() => document.querySelector('.row .cc-text')?.textContent), text)
    assert.is(await dock.evaluate(() => document.querySelectorAll('img, .row script, .row b').length), 0)
  })

  test('has no cookies and no storage, and may be framed by nobody else', async () => {
    const panel = await newPanel()
    const { url } = await makeDock(panel)
    const dock = await openDock(url)
    const origin = await dock.evaluate(() => {
      const tried = (read: () => unknown) => {
        try {
          return String(read())
        } catch {
          return 'refused'
        }
      }
      return [self.origin, tried(() => document.cookie), tried(() => localStorage.length)]
    })
    assert.equal(origin, ['null', 'refused', 'refused'])
    const policy = (await fetch(`${here.base}/dock`)).headers.get('content-security-policy') ?? ''
    assert.match(policy, /^sandbox allow-scripts;/)
    assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/)
    assert.match(policy, /frame-ancestors 'self'/)
  })

  test('pauses when one scrolls up, says how much is new, and goes on at a press', async () => {
    const panel = await newPanel()
    const dock = await openDock((await makeDock(panel)).url)
    await panel.pushLines(Array.from({ length: 60 }, (_, nth) => ircLine(`m${nth}`, `line ${nth}`)))
    await dock.waitForFunction(() => document.querySelectorAll('.row').length === 60)
    await dock.mouse.move(120, 200)
    await dock.mouse.wheel(0, -400)
    await has(dock, '.top button[aria-pressed=true]')
    await dock.waitForFunction(atRestAbove, 100, { polling: 100 })
    await panel.pushLines([ircLine('new-1', 'one'), ircLine('new-2', 'two')])
    await dock.waitForFunction(() => document.querySelector('.new button')?.textContent === '2 new')
    assert.is(await dock.evaluate(() => document.querySelectorAll('.row').length), 60)
    await click(dock, '.new button')
    await dock.waitForFunction(() => {
      const feed = document.querySelector('.feed')
      if (!feed || document.querySelectorAll('.row').length !== 62) return false
      return feed.scrollHeight - feed.clientHeight - feed.scrollTop < 2
    })
  })

  test('goes on by itself when rows become shorter, as by pictures that do not load', async () => {
    const panel = await newPanel()
    const dock = await openDock((await makeDock(panel)).url)
    const ids = Array.from({ length: 60 }, (_, n) => `tall-${n}`)
    await panel.pushLines(ids.map((id) => ircLine(id, `message ${id}`)))
    await dockRowsAre(dock, ids.join(' '))
    await dock.evaluate(shrinkRows)
    for (let n = 0; n < 40; n++) await panel.pushLines([ircLine(`after-${n}`, `after ${n}`)])
    await dock.waitForFunction(() => document.querySelector('[data-id$="after-39"]') !== null)
    assert.is(await dock.evaluate(() => document.querySelector('.new')), null)
  })

  test('lets one scroll up while messages pour in', async () => {
    const panel = await newPanel()
    const dock = await openDock((await makeDock(panel)).url)
    await panel.pushLines(Array.from({ length: 60 }, (_, nth) => ircLine(`m${nth}`, `line ${nth}`)))
    await dock.waitForFunction(() => document.querySelectorAll('.row').length === 60)
    await panel.json('POST', '/api/simulator/runs', { count: 2_000, perSecond: 200 })
    await dock.waitForFunction(() => document.querySelectorAll('.row').length > 80)
    await dock.mouse.move(120, 200)
    await dock.mouse.wheel(0, -200)
    await has(dock, '.top button[aria-pressed=true]')
    await has(dock, '.new button')
  })

  test('is worked by the keyboard alone', async () => {
    const panel = await newPanel()
    const [dock, overlay] = [await openDock((await makeDock(panel)).url), await openOverlay(panel)]
    await panel.pushLines([ircLine('a', 'one'), ircLine('b', 'two')])
    await dockRowsAre(dock, 'a b')
    await focus(dock, '.feed')
    await dock.keyboard.press('ArrowUp')
    await dock.keyboard.press('k')
    const answered = dock.waitForResponse(/moderation\/hide$/)
    await dock.keyboard.press('h')
    await rowsAre(overlay, 'b')
    await has(dock, '.row[data-hidden]')
    // A message takes one thing at a time, and the socket may tell of it before the answer is here.
    await answered
    await dock.keyboard.press('u')
    await rowsAre(overlay, 'a b')
    await dock.keyboard.press('ArrowRight')
    await dock.keyboard.press('Enter')
    await dock.waitForFunction(() => document.querySelector('.featured') !== null)
    await dock.keyboard.press('ArrowLeft')
    await dock.keyboard.press('Shift+H')
    await rowsAre(overlay, '')
  })

  test('fits into 240 px: nothing sideways, no small targets, nothing that axe finds', async () => {
    const panel = await newPanel()
    const made = await makeDock(panel, 'control')
    await panel.startStream('A title that is rather long for a dock of this width')
    const [dock, desk] = [await openDock(made.url), await openDock(made.controlUrl ?? '')]
    const long = 'a'.repeat(200)
    await panel.pushLines([ircLine('a', long, 'an_extraordinarily_long_name_of_somebody'), ircLine('b', 'gg')])
    await dockRowsAre(dock, 'a b')
    await panel.json('POST', '/api/moderation/feature', { id: 'twitch:a' })
    await dock.waitForFunction(() => document.querySelector('.featured') !== null)
    await panel.json('POST', '/api/moderation/slow', { on: true })
    await has(dock, '.bar[data-tone=slow]')
    await has(desk, '[aria-pressed=true]')
    await panel.json('POST', '/api/moderation/hide', { id: 'twitch:b' })
    await dock.waitForFunction(() => document.querySelector('.row[data-hidden]') !== null)
    for (const page of [dock, desk]) {
      assert.equal(await sideways(page), [])
      assert.equal(await smallTargets(page), [])
      assert.equal(await violations(page), [])
    }
  })

  test.run()
}

/** Rows of the overlay by their ids, less the platform. */
function rowsAre(page: Page, ids: string): Promise<unknown> {
  return page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll('li.cc-msg')]
    return rows.map((row) => row.getAttribute('data-id')?.replace('twitch:', '')).join(' ') === wanted
  }, ids)
}

/** How many rows the overlay has when this one is the newest. */
async function rowsUpTo(page: Page, id: string): Promise<number> {
  const newest = await page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll('li.cc-msg')]
    return rows.at(-1)?.getAttribute('data-id') === `twitch:${wanted}` && rows.length
  }, id)
  return Number(await newest.jsonValue())
}

function dockRowsAre(page: Page, ids: string): Promise<unknown> {
  return page.waitForFunction((wanted) => {
    const rows = [...document.querySelectorAll('.row')]
    return rows.map((row) => row.getAttribute('data-id')?.replace('twitch:', '')).join(' ') === wanted
  }, ids)
}

/** Puts the pointer on a message, which brings its buttons out, and presses one. */
async function press(dock: Page, id: string, label: string): Promise<void> {
  const row = `.row[data-id="twitch:${id}"]`
  const { x, y } = await middleOf(dock, row)
  await dock.mouse.move(x, y)
  await click(dock, `${row} [aria-label^="${label}"]`)
}

// The driver's own waits, clicks and fills need checkVisibility, which engine 103 does not have.

const has = (page: Page, selector: string) =>
  page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector)

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  await has(page, selector)
  return page.evaluate((wanted) => {
    const box = document.querySelector(wanted)?.getBoundingClientRect() ?? new DOMRect()
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }, selector)
}

/** Fails where something else lies over it. */
async function click(page: Page, selector: string): Promise<void> {
  const { x, y } = await middleOf(page, selector)
  await page.waitForFunction(({ wanted, at }) => document.elementFromPoint(at.x, at.y)?.closest(wanted) !== null, {
    wanted: selector,
    at: { x, y },
  })
  await page.mouse.click(x, y)
}

const focus = (page: Page, selector: string) =>
  page.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.focus(), selector)

/** Presses the button that says so. */
async function button(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const found = [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === wanted)
    if (!found || found.disabled) return false
    found.click()
    return true
  }, text)
}

/** Waits until the button that says so is pressed in, or is not. */
/** The one theme that the control dock shows as worn. */
const wears = (page: Page, label: string) =>
  page.waitForFunction((wanted) => {
    const worn = [...document.querySelectorAll('.themes [aria-pressed=true]')]
    return worn.length === 1 && worn[0]?.textContent?.trim() === wanted
  }, label)
const pressedIs = (page: Page, text: string, pressed: boolean) =>
  page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('button')].some(
        (each) => each.textContent?.trim() === wanted.text && each.getAttribute('aria-pressed') === wanted.pressed,
      ),
    { text, pressed: String(pressed) },
  )

/** Counts the frames that are painted between the arrival of a removal and its row's leaving. */
function countFrames(): void {
  const Native = WebSocket
  Object.assign(window, {
    framesTaken: -1,
    WebSocket: class extends Native {
      constructor(address: string) {
        super(address)
        this.addEventListener('message', ({ data }) => {
          if (typeof data !== 'string' || !data.includes('"kind":"remove"')) return
          const before = document.querySelectorAll('li.cc-msg').length
          let frames = 0
          const look = () => {
            if (document.querySelectorAll('li.cc-msg').length < before) Object.assign(window, { framesTaken: frames })
            else {
              frames += 1
              requestAnimationFrame(look)
            }
          }
          requestAnimationFrame(look)
        })
      }
    },
  })
}

async function framesTaken(overlay: Page): Promise<number> {
  await overlay.waitForFunction(() => (window as unknown as { framesTaken: number }).framesTaken >= 0)
  return overlay.evaluate(() => (window as unknown as { framesTaken: number }).framesTaken)
}

function cookiesOf(panel: Panel, url: string) {
  return panel.cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
  })
}

/** Whatever reaches over its own edge or the page's. */
const sideways = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('html, body, body *:not(.unseen):not(svg *)')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 || each.scrollWidth > innerWidth)
      .map((each) => each.outerHTML.slice(0, 80)),
  )

const smallTargets = (page: Page) =>
  page.evaluate((least) => {
    const small = [...document.querySelectorAll('button, input')].filter((each) => {
      const { width, height } = each.getBoundingClientRect()
      return width < least || height < least
    })
    return small.map((each) => each.outerHTML.slice(0, 80))
  }, SMALLEST_TARGET)

interface Violation {
  id: string
  nodes: { target: string[] }[]
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(axePath(), 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    const found = await axe.run()
    return found.violations.map(({ id, nodes }) => `${id} (${nodes[0]?.target.join(' ')})`)
  })
}

/** A wheel scrolls on for a while: asked now and then, whether it has come to rest so many px above the end at least. */
function atRestAbove(px: number): boolean {
  const feed = document.querySelector<HTMLElement>('.feed')
  if (!feed) return false
  const { scrollHeight, clientHeight, scrollTop, dataset } = feed
  const rests = dataset.seenAt === String(scrollTop)
  dataset.seenAt = String(scrollTop)
  return rests && scrollHeight - clientHeight - scrollTop > px
}

/** Makes the oldest rows tall, and then one after the other short again, each in a frame of its own. */
function shrinkRows(): void {
  const feed = document.querySelector('.feed')
  const rows = [...document.querySelectorAll<HTMLElement>('.row')].slice(0, 50)
  for (const row of rows) row.style.minHeight = '200px'
  if (feed) feed.scrollTop = feed.scrollHeight
  const next = () => {
    const row = rows.pop()
    if (!row) return
    row.style.minHeight = ''
    // Laid out at once: the end is pulled up before anybody hears that it was.
    row.getBoundingClientRect()
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}
