import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLOSE } from '../../server/protocol.ts'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { person } from './cast.ts'
import { clear, message, notice, remove } from './samples.ts'
import { KEY, StandIn, UNPACED } from './stand-in.ts'

/** The built page in both of OBS's engines, against a server that speaks the protocol. */

const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>'

const many = (count: number, from = 1) => Array.from({ length: count }, (_, i) => message(`m${from + i}`))

interface Context {
  browser: Browser
  server: StandIn
  page: Page
  /** Addresses outside the stand-in that the page asked for; none is let through. */
  foreign: string[]
  errors: string[]
}

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite<Context>(`overlay/page in Chromium ${engine}`)

  test.before(async (context) => {
    context.browser = await openEngine(engine)
  })
  test.after(async (context) => {
    await context.browser.close()
  })
  test.before.each(async (context) => {
    context.server = await StandIn.start()
    context.page = await openPage(context.browser, { viewport: { width: 640, height: 800 } })
    context.foreign = []
    context.errors = []
    context.page.on('pageerror', ({ message: text }) => context.errors.push(text))
    const outside = (url: URL) => url.port !== String(context.server.port) && url.protocol.startsWith('http')
    await context.page.route(outside, (route) => {
      context.foreign.push(route.request().url())
      return route.abort()
    })
  })
  test.after.each(async (context) => {
    await context.page.close()
    await context.server.close()
    assert.equal(context.errors, [])
  })

  test('says hello with its key and draws rows in order', async ({ page, server }) => {
    await open(page, server)
    assert.is(server.hellos[0]?.key, KEY)
    assert.match(server.hellos[0]?.client?.name ?? '', `640×800, Chromium ${engine}`)
    server.publish(message('a'), message('b'))
    server.publish(notice('c', 'raid', 'Bo is raiding with 5 viewers.'))
    await rowsAre(page, 'a b c')
  })

  test('never sends the key anywhere but in the first frame', async ({ page, server }) => {
    await open(page, server)
    assert.not.ok(server.requests.some((request) => request.includes(KEY)))
  })

  test('draws nothing, and nothing but transparent, before and between', async ({ page, server }) => {
    await page.goto(server.page('', 'a-key-nobody-knows'))
    await page.waitForFunction(() => document.querySelector('.cc-feed'))
    assert.equal(await page.evaluate(paintedThings), [])
    const backgrounds = () =>
      [document.documentElement, document.body].map((el) => getComputedStyle(el).backgroundColor)
    assert.equal(await page.evaluate(backgrounds), ['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0)'])
    const shot = await page.screenshot({ omitBackground: true })
    assert.is(await page.evaluate(() => document.body.textContent.trim()), '')
    assert.ok(shot.length < 6_000, 'an empty picture compresses to nearly nothing')
  })

  test('shows moderators before others that wait, and drops the oldest of the others', async ({ page, server }) => {
    server.settings = { ...UNPACED, ratePerSecond: 2 }
    await open(page, server)
    server.publish(...many(20), message('mod', { author: person('Mo', undefined, ['mod']) }))
    await rowsAre(page, 'm18 mod m19 m20')
  })

  test('lets little onto a slow picture, the weightiest first, and goes on as before when that ends', async ({
    page,
    server,
  }) => {
    server.settings = { ...UNPACED, ratePerSecond: 30 }
    await open(page, server)
    server.send({ type: 'slow', on: true })
    const mod = message('mod', { author: person('Mo', undefined, ['mod']) })
    server.publish(...many(10), notice('raid', 'raid', 'Bo is raiding with 5 viewers.'), mod, ...many(10, 11))
    await rowsAre(page, 'raid mod')
    server.slow = true
    const welcomed = server.welcomed()
    server.cut(0)
    await welcomed
    server.publish(notice('gift', 'gift', 'Bo gifted 5 subs.'), ...many(10, 21), { ...mod, id: 'thanks' })
    await rowsAre(page, 'raid mod gift thanks')
    server.send({ type: 'slow', on: false })
    server.publish(...many(10, 31))
    await rowsAre(
      page,
      `raid mod gift thanks ${many(10, 31)
        .map(({ id }) => id)
        .join(' ')}`,
    )
  })

  test('shows each event once across a dropped line, and keeps its rows meanwhile', async ({ page, server }) => {
    await open(page, server)
    server.publish(message('a'), message('b'))
    await rowsAre(page, 'a b')
    const back = server.welcomed()
    server.cut(0)
    server.publish(message('c'), remove({ id: 'a' }), message('d'))
    assert.is(await rowIds(page), 'a b')
    assert.is(await page.evaluate(() => document.body.textContent.includes('onnect')), false)
    await back
    await rowsAre(page, 'b c d')
    assert.is(server.hellos.at(-1)?.seq, 2)
    assert.is(server.hellos.at(-1)?.epoch, 'epoch-1')
    server.publish(message('e'))
    await rowsAre(page, 'b c d e')
  })

  test('survives a server that was away and begins a new epoch', async ({ page, server }) => {
    await open(page, server)
    server.publish(message('a'), message('b'))
    await rowsAre(page, 'a b')
    const { port } = server
    await server.down()
    server.epoch = 'epoch-2'
    server.publish(message('c'))
    await server.listen(port)
    await rowsAre(page, 'a b c')
  })

  test('asks again when the beat knows of more', async ({ page, server }) => {
    await open(page, server)
    server.publish(message('a'))
    await rowsAre(page, 'a')
    server.log.push({ ...message('lost'), seq: 2 })
    server.seq = 2
    server.send({ type: 'beat', seq: 2 })
    server.send({ type: 'beat', seq: 2 })
    await rowsAre(page, 'a lost')
  })

  test('comes back at once when it was too slow, and stays away with a withdrawn key', async ({ page, server }) => {
    await open(page, server)
    const back = server.welcomed()
    server.cut(CLOSE.tooSlow)
    await back
    server.cut(CLOSE.withdrawn)
    await page.waitForFunction(() => document.querySelector('.cc-feed')?.getAttribute('data-state') === 'retry')
    const asked = server.hellos.length
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    assert.is(server.hellos.length, asked)
  })

  test('takes a removed row away within a frame', async ({ page, server }) => {
    await page.addInitScript(countFrames)
    await open(page, server)
    server.publish(message('a'), message('b'), message('c'))
    await rowsAre(page, 'a b c')
    server.publish(remove({ id: 'b' }))
    await rowsAre(page, 'a c')
    const frames = await page.evaluate(framesUntilGone)
    assert.ok(frames === 0 || frames === 1, `${frames} frames`)
    server.publish(remove({ authorId: 'u1' }))
    await rowsAre(page, '')
    server.publish(message('d'), clear('panel', { platform: 'crosschat' }), message('e'))
    await rowsAre(page, 'e')
  })

  test('keeps no more rows than it may, in a flood', async ({ page, server }) => {
    server.settings = { ...server.settings, maxMessages: 10 }
    await open(page, server)
    for (let i = 0; i < 200; i += 1) server.publish(...Array.from({ length: 10 }, (_, n) => message(`f${i * 10 + n}`)))
    await page.waitForFunction(() => document.querySelector('.cc-msg:last-child')?.getAttribute('data-id') === 'f1999')
    assert.is((await rowIds(page)).split(' ').length, 10)
  })

  test('makes no nodes of rows that nobody can see', async ({ page, server }) => {
    await open(page, server, '?max=100')
    server.publish(...Array.from({ length: 100 }, (_, i) => message(`f${i}`)))
    await page.waitForFunction(() => document.querySelector('[data-id=f99]'))
    const { length } = (await rowIds(page)).split(' ')
    assert.ok(length < 40, `${length} rows for 800 px`)
    const top = await page.evaluate(() => document.querySelector('.cc-msg')?.getBoundingClientRect().bottom ?? 0)
    assert.ok(top <= 24, 'the oldest row with a node stands above the edge')
  })

  test('takes new settings while it runs', async ({ page, server }) => {
    await open(page, server)
    server.publish(message('a'), message('b', { platform: 'kick' }))
    await rowsAre(page, 'a b')
    server.restyle({ theme: 'captions', fontSize: 40, platforms: ['kick'] })
    await rowsAre(page, 'b')
    const look = () => {
      const feed = document.querySelector('.cc-feed')
      return [feed?.getAttribute('data-theme'), feed && getComputedStyle(feed).fontSize]
    }
    assert.equal(await page.evaluate(look), ['captions', '40px'])
  })

  test('lets a plain rule of the custom CSS box win', async ({ page, server }) => {
    await open(page, server, '?size=30')
    const size = () => getComputedStyle(document.querySelector('.cc-feed') ?? document.body).fontSize
    // The page is live a frame before it is dressed.
    await page.waitForFunction(
      () => getComputedStyle(document.querySelector('.cc-feed') as Element).fontSize === '30px',
    )
    await page.evaluate(() => {
      const style = document.createElement('style')
      style.append(':root { --cc-size: 44px }')
      document.head.append(style)
    })
    assert.is(await page.evaluate(size), '44px')
  })

  test('puts a box close around every line in captions', async ({ page, server }) => {
    await open(page, server, '?theme=captions')
    server.publish(message('a', { text: 'a line that is long enough to be broken twice over '.repeat(3) }))
    await rowsAre(page, 'a')
    const boxes = await page.evaluate(() => {
      const line = document.querySelector('.cc-line')
      return line ? { count: line.getClientRects().length, paint: getComputedStyle(line).backgroundColor } : null
    })
    assert.ok((boxes?.count ?? 0) > 1)
    assert.match(boxes?.paint ?? '', /^rgba\(0, 0, 0, 0\.8/)
  })

  test('keeps the public tree', async ({ page, server }) => {
    await open(page, server)
    const author = { id: 'u2', name: 'Bo', color: '#0000ff', roles: ['mod' as const, 'sub' as const], badges: [] }
    const reply = { id: 'a', author: 'Ada', text: 'before' }
    server.publish(message('a', { author, reply, first: true, simulated: true, platform: 'kick' }))
    await rowsAre(page, 'a')
    const tree = await page.evaluate(() => {
      const row = document.querySelector('ol.cc-feed > li.cc-msg')
      if (!(row instanceof HTMLElement)) return null
      const has = (selector: string) => row.querySelector(selector) !== null
      return {
        data: { ...row.dataset },
        style: row.getAttribute('style')?.replace(/\s/g, ''),
        head: has('span.cc-line > span.cc-head > svg.cc-platform') && has('.cc-head > bdi.cc-name'),
        badges: [...row.querySelectorAll<HTMLElement>('.cc-head > i.cc-badge')].map((badge) => badge.dataset.badge),
        words: row.querySelector('.cc-line > span.cc-sep + bdi.cc-text')?.textContent,
        reply: row.querySelector('span.cc-reply')?.textContent,
      }
    })
    assert.equal(tree?.data, {
      id: 'a',
      platform: 'kick',
      kind: 'reply',
      roles: 'mod sub first',
      first: '',
      card: '',
      simulated: '',
      enter: '',
    })
    assert.is(tree?.style, '--nc:#729ffe;--pc:#53fc18;')
    assert.ok(tree?.head)
    assert.equal(tree?.badges, ['mod', 'sub', 'first'])
    assert.is(tree?.words, 'words of a')
    assert.is(tree?.reply, 'Ada before')
  })

  test('draws badges as pictures, else as signs, or as words, or not at all', async ({ page, server }) => {
    const image = 'https://cdn.frankerfacez.com/room-badge/mod/2'
    await page.route(image, (route) => route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }))
    const badges = [
      { id: 'moderator/1', label: 'Moderator', image },
      { id: 'subscriber/12', label: 'Subscriber (12 months)', image: 'https://static-cdn.jtvnw.net/not/there' },
    ]
    const author = { id: 'u3', name: 'Cyd', roles: ['mod' as const, 'sub' as const], badges }
    await open(page, server)
    server.publish(message('a', { author }))
    await page.waitForFunction(() => document.querySelector('.cc-badge[data-badge=sub][data-look=sign]'))
    const drawn = () =>
      [...document.querySelectorAll<HTMLElement>('.cc-badge')].map((badge) => {
        const inside = badge.querySelector('img') ?? badge
        const { width, height } = badge.getBoundingClientRect()
        const label = inside.getAttribute('alt') ?? inside.getAttribute('aria-label')
        return [badge.dataset.badge, badge.dataset.look ?? 'words', label, width === height && width < 28]
      })
    assert.equal(await page.evaluate(drawn), [
      ['mod', 'picture', 'Moderator', true],
      ['sub', 'sign', 'Subscriber (12 months)', true],
    ])
    server.restyle({ showBadges: 'text' })
    await page.waitForFunction(() => document.querySelector('.cc-badge')?.textContent === 'MOD')
    server.restyle({ showBadges: 'none' })
    await page.waitForFunction(() => document.querySelector('.cc-badge') === null)
  })

  test('lays zero-width emotes over the one before, which keeps its place', async ({ page, server }) => {
    await page.route(/cdn\.7tv\.app/, (route) => {
      const width = route.request().url().includes('wide') ? 190 : 64
      return route.fulfill({ contentType: 'image/svg+xml', body: PICTURE.replace('width="64"', `width="${width}"`) })
    })
    const emote = (id: string, zeroWidth?: true) => ({
      ...{ type: 'emote' as const, text: id, id, provider: '7tv', url: `https://cdn.7tv.app/emote/${id}/2x.webp` },
      ...(zeroWidth && { zeroWidth }),
    })
    const blank = { type: 'text' as const, text: ' ' }
    await open(page, server)
    server.publish(
      message('a', { parts: [emote('cat'), { type: 'text', text: ' and words' }] }),
      message('b', {
        parts: [
          emote('cat'),
          blank,
          emote('hat', true),
          blank,
          emote('wide', true),
          { type: 'text', text: ' and words' },
        ],
      }),
      message('c', { parts: [emote('hat', true), { type: 'text', text: ' alone' }] }),
    )
    await page.waitForFunction(() => {
      const images = [...document.querySelectorAll<HTMLImageElement>('.cc-emote')]
      return images.length === 5 && images.every(({ naturalWidth }) => naturalWidth > 0)
    })
    const boxes = await page.evaluate(() => {
      const box = (el: Element) => {
        const { left, right, top, bottom } = el.getBoundingClientRect()
        return { x: Math.round((left + right) / 2), y: Math.round((top + bottom) / 2), width: Math.round(right - left) }
      }
      const row = (id: string) => [...document.querySelectorAll(`[data-id=${id}] .cc-emote`)].map(box)
      const text = (id: string) => document.querySelector(`[data-id=${id}] .cc-text`)?.getBoundingClientRect().width
      return { plain: row('a'), stacked: row('b'), alone: row('c'), widths: [text('a'), text('b')] }
    })
    const [under, ...over] = boxes.stacked
    for (const each of over) assert.equal([each.x, each.y], [under?.x, under?.y])
    assert.ok(over.every(({ width }) => width <= (under?.width ?? 0)))
    assert.is(Math.round(boxes.widths[0] ?? 0), Math.round(boxes.widths[1] ?? 0))
    assert.is(boxes.alone.length, 1)
  })

  test('keeps hostile text text, and asks nobody outside for anything', async ({ page, server, foreign }) => {
    await open(page, server, '?links=show')
    const hostile = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>"\'>{{x}}'
    const author = { id: 'u', name: hostile, color: 'red;background:url(//evil.example)', roles: [], badges: [] }
    const link = { type: 'link' as const, text: hostile, url: 'javascript:window.pwned=1' }
    const emote = {
      type: 'emote' as const,
      text: hostile,
      id: '../x',
      provider: hostile,
      url: 'https://evil.example/x',
    }
    const drawn = { ...emote, text: 'data', url: 'data:image/svg+xml,<svg onload="window.pwned=1"/>' }
    const parts = [{ type: 'text' as const, text: hostile }, link, emote, drawn]
    server.publish(
      message(hostile, { author, parts, text: hostile, reply: { id: 'x', author: hostile, text: hostile } }),
      notice('b', 'sub', hostile, { author, parts, money: { kind: 'bits', amount: 1, display: hostile } }),
      message('c', { platform: hostile }),
    )
    await page.waitForFunction(() => document.querySelectorAll('.cc-msg').length === 3)
    const seen = await page.evaluate(() => ({
      pwned: 'pwned' in window,
      words: document.querySelector('.cc-text')?.textContent,
      strange: document.querySelectorAll('script:not([src]), iframe, a, .cc-feed img, .cc-feed [onerror]').length,
    }))
    assert.not.ok(seen.pwned)
    assert.is(seen.words, `${hostile.repeat(3)}data`)
    assert.is(seen.strange, 0)
    assert.equal(foreign, [])
  })

  test('shows an emote from a listed host, and its code when it does not load', async ({ page, server, foreign }) => {
    await open(page, server)
    const emote = { type: 'emote' as const, text: 'Kappa', id: '25', provider: 'twitch' }
    server.publish(
      message('a', { parts: [{ ...emote, url: 'https://static-cdn.jtvnw.net/emoticons/v2/25/default/dark/3.0' }] }),
    )
    await page.waitForFunction(() => document.querySelector('.cc-text')?.textContent === 'Kappa')
    assert.is(foreign.length, 1)
  })

  test('keeps every row inside the page, whatever its words', async ({ page, server }) => {
    await open(page, server)
    const name = { id: 'u', name: 'W'.repeat(60), roles: ['mod' as const, 'vip' as const, 'sub' as const], badges: [] }
    server.publish(
      message('a', { author: name, text: 'x'.repeat(400) }),
      message('b', { text: `e${'\u0301\u0302\u0303\u0304'.repeat(3)}`.repeat(80) }),
      message('c', { text: 'مرحبا '.repeat(60) }),
    )
    await rowsAre(page, 'a b c')
    await page.setViewportSize({ width: 200, height: 800 })
    const widest = await page.evaluate(() => {
      const parts = [...document.querySelectorAll('.cc-name, .cc-text, .cc-badge')]
      return Math.max(...parts.flatMap((part) => [...part.getClientRects()].map((rect) => rect.right)))
    })
    assert.ok(widest <= 200, `something ends at ${widest} px of 200`)
  })

  test('uses the event stream where no socket gets through', async ({ page, server }) => {
    server.refuseSockets = true
    await open(page, server)
    assert.is(server.requests.filter((request) => request.startsWith('UPGRADE')).length, 3)
    server.publish(message('a'), message('b'))
    await rowsAre(page, 'a b')
    server.cut(CLOSE.restart)
    server.publish(message('c'))
    await rowsAre(page, 'a b c')
    assert.ok(server.requests.some((request) => request.includes('/api/overlay/stream?epoch=epoch-1&seq=2')))
    assert.not.ok(server.requests.some((request) => request.includes(KEY)))
  })

  test('has what it needs for a server that is gone while the server is there', async ({ page, server }) => {
    const fetched = page.waitForResponse(/\/event-stream-[^/]*\.js$/)
    await open(page, server)
    assert.is((await fetched).status(), 200)
  })

  test('plays its demo without key, account or server', async ({ page, server }) => {
    await page.goto(server.page('?demo=live', ''))
    await page.waitForFunction(() => document.querySelectorAll('.cc-msg').length >= 7)
    assert.not.ok(server.requests.some((request) => request.includes('/api/') || request.includes('UPGRADE')))
    assert.ok((await page.evaluate(() => document.querySelectorAll('.cc-platform path').length)) >= 7)
    await page.waitForFunction(() => {
      const emotes = [...document.querySelectorAll<HTMLImageElement>('.cc-emote')]
      return emotes.length > 0 && emotes.every((image) => image.naturalWidth > 0)
    })
  })

  test('shows all kinds of row in the still demo', async ({ page, server }) => {
    await page.setViewportSize({ width: 640, height: 2_400 })
    await page.goto(server.page('?demo=static&events=all', ''))
    await page.waitForFunction(() => document.querySelectorAll('.cc-msg').length >= 20)
    const kinds = () => [...document.querySelectorAll<HTMLElement>('.cc-msg')].map((row) => row.dataset.kind ?? '')
    const seen = new Set(await page.evaluate(kinds))
    for (const kind of ['chat', 'reply', 'event', 'announce']) assert.ok(seen.has(kind), kind)
    assert.ok(await page.evaluate(() => document.querySelector('[data-money] .cc-amount')))
  })

  test('loads its own face before it draws', async ({ page, server }) => {
    await open(page, server)
    server.publish(message('a'))
    await rowsAre(page, 'a')
    await page.evaluate(() => document.fonts.ready.then(() => true))
    assert.ok(await page.evaluate(() => document.fonts.check('600 28px "CC inter"', 'words')))
  })

  test('fetches the chosen face alone', async ({ page, server }) => {
    await open(page, server, '?font=nunito')
    server.publish(message('a'))
    await rowsAre(page, 'a')
    await page.evaluate(() => document.fonts.ready.then(() => true))
    const fonts = server.requests.filter((request) => request.includes('.woff2'))
    assert.is(fonts.length, 1)
    assert.match(fonts[0] ?? '', 'nunito-latin-wght')
  })

  test('lets rows go when their time is over', async ({ page, server }) => {
    await open(page, server, '?life=1')
    server.publish(message('a'))
    await rowsAre(page, 'a')
    await page.waitForFunction(() => document.querySelector('[data-leave]'))
    await rowsAre(page, '')
  })

  test.run()
}

async function open(page: Page, server: StandIn, query = ''): Promise<void> {
  const welcomed = server.welcomed()
  await page.goto(server.page(query))
  await welcomed
  await page.waitForFunction(() => document.querySelector('.cc-feed')?.getAttribute('data-state') === 'live')
}

const rowIds = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('.cc-msg')].map((row) => row.dataset.id).join(' '))

async function rowsAre(page: Page, ids: string): Promise<void> {
  const same = (wanted: string) =>
    [...document.querySelectorAll<HTMLElement>('.cc-msg')].map((row) => row.dataset.id).join(' ') === wanted
  await page.waitForFunction(same, ids, { timeout: 15_000 }).catch(async () => assert.is(await rowIds(page), ids))
}

/** Elements in the page that have a box of their own and are not the empty feed. */
function paintedThings(): string[] {
  const all = [...document.body.querySelectorAll('*')]
  return all.filter((el) => !el.matches('.cc-feed') && el.getClientRects().length > 0).map((el) => el.tagName)
}

/** Counts frames, and notes at which one a removal arrived and at which one a row went. Runs before the page's own script. */
function countFrames(): void {
  const counted = { frame: 0, arrived: -1, gone: -1 }
  Object.assign(window, { counted })
  const count = () => {
    counted.frame += 1
    requestAnimationFrame(count)
  }
  count()
  const Native = WebSocket
  window.WebSocket = class extends Native {
    constructor(url: string | URL) {
      super(url)
      this.addEventListener('message', ({ data }) => {
        if (String(data).includes('"remove"')) counted.arrived = counted.frame
      })
    }
  }
  const watch = new MutationObserver((changes) => {
    if (changes.some(({ removedNodes }) => removedNodes.length > 0)) counted.gone = counted.frame
  })
  watch.observe(document, { childList: true, subtree: true })
}

function framesUntilGone(): number {
  const { counted } = window as unknown as { counted: { arrived: number; gone: number } }
  return counted.gone - counted.arrived
}
