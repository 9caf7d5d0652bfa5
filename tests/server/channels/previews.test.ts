import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { LivePeer } from '../../../server/channels/audience.ts'
import { MAX_PREVIEWS, Previews } from '../../../server/channels/previews.ts'
import { createLog } from '../../../server/log.ts'
import { CLOSE, type ServerFrame } from '../../../server/protocol.ts'
import type { Archived } from '../../../server/stores/archive.ts'
import { message } from '../../help/doors.ts'

class Page implements LivePeer {
  readonly frames: ServerFrame[] = []
  closed: number | null = null
  heard: () => void = () => {}

  send({ text }: { text: Buffer }): void {
    this.frames.push(JSON.parse(text.toString()))
    this.heard()
  }
  replay(): void {}
  ping(): void {}
  readonly waiting = 0
  close(code: number): void {
    this.closed = code
  }

  get types(): string[] {
    return this.frames.map((frame) => (frame.type === 'demo' ? frame.act : frame.type))
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.heard = resolve
      })
    }
  }
}

const log = createLog('silent', { write() {} })
const removed = { removed: { at: 1, by: 'panel' } } as const
const ARCHIVE: Archived[] = [
  message(1, 'one') as Archived,
  { ...message(2, 'taken away'), ...removed } as Archived,
  { kind: 'gap', count: 2, at: 3, reason: 'slow_disk' },
  message(4, 'four') as Archived,
  message(5, 'five') as Archived,
]
/** Two events a page, and a note of what was asked for. */
const archive = {
  async page(_stream: string, _limit: number, cursor: string | null) {
    const from = Number(cursor ?? 0)
    const next = from + 2 < ARCHIVE.length ? String(from + 2) : null
    return { items: ARCHIVE.slice(from, from + 2), next }
  },
}

const test = suite<{ previews: Previews; page: Page }>('previews')
test.before.each((context) => {
  context.previews = new Previews(archive, log)
  context.page = new Page()
})
test.after.each(({ previews }) => previews.close())

test('shows a page the draft, and each change of it', ({ previews, page }) => {
  previews.join('a', page, { theme: 'neon' })
  previews.dress('a', { theme: 'cards' })
  previews.dress('another', { theme: 'ticker' })
  const worn = page.frames.map((frame) => (frame.type === 'settings' ? frame.settings.theme : frame.type))
  assert.equal(worn, ['neon', 'cards'])
})

test('hands acts on, and disconnects as a restart would', ({ previews, page }) => {
  previews.join('a', page, {})
  previews.act('a', 'burst')
  previews.act('a', 'disconnect')
  assert.equal(page.types, ['settings', 'burst'])
  assert.is(page.closed, CLOSE.restart)
})

test('plays a past stream without what was taken away, and twice as if it were new', async ({ previews, page }) => {
  previews.join('a', page, {})
  const events = () => page.frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []))
  const texts = () => events().flatMap((event) => ('text' in event ? [event.text] : []))
  previews.replay('a', 'stream', 8)
  await page.until(() => page.types.at(-1) === 'play')
  assert.equal(texts(), ['one', 'four', 'five'])
  assert.equal(page.types.slice(0, 3), ['settings', 'pause', 'events'])
  assert.is(events()[0]?.kind, 'clear')
  previews.replay('a', 'stream', 8)
  await page.until(() => texts().length === 6)
  assert.is(new Set(events().map(({ id }) => id)).size, 8, 'no id comes twice')
})

test('ends a replay when another begins or it is asked to', async ({ previews, page }) => {
  previews.join('a', page, {})
  previews.replay('a', 'stream', 1)
  previews.endReplay('a')
  await page.until(() => page.types.at(-1) === 'play')
  assert.equal(page.types, ['settings', 'pause', 'events', 'play'])
})

test('lets in so many pages an overlay', ({ previews }) => {
  const pages = Array.from({ length: MAX_PREVIEWS + 1 }, () => new Page())
  for (const each of pages) previews.join('a', each, {})
  assert.is(pages.at(-1)?.closed, CLOSE.tooMany)
  previews.leave(pages[0] as Page)
  const late = new Page()
  previews.join('a', late, {})
  assert.is(late.closed, null)
})

test('sends pages away for good when the key is withdrawn', ({ previews, page }) => {
  previews.join('a', page, {})
  previews.withdraw('a')
  assert.is(page.closed, CLOSE.withdrawn)
})

test.run()
