import { signal } from '@preact/signals'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Checklist, doneNow } from '../../../admin/state/checklist.ts'
import { EMPTY_FEED, feed } from '../../../admin/state/feed.ts'
import { message } from '../events.ts'

const test = suite('admin/state/checklist')

function storage(kept: Record<string, string> = {}) {
  const localStorage = {
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, value: string) => {
      kept[name] = value
    },
  }
  return { view: { localStorage } as unknown as Window, kept }
}

test('knows what is done from what is seen', () => {
  assert.equal(doneNow(EMPTY_FEED, [false, false, false]), [])
  const seen = feed(EMPTY_FEED, { type: 'events', events: [message(1, { simulated: true })] })
  const live = { ...seen, stream: { live: true, startedAt: 1, title: '' } }
  assert.equal(doneNow(live, [true, false, true]), ['test', 'first', 'others', 'stream'])
  assert.equal(doneNow(feed(EMPTY_FEED, { type: 'events', events: [message(1)] }), []), [], 'somebody wrote that')
})

test('goes on where it was left, each channel for itself', () => {
  const { view } = storage()
  const channel = signal<string | null>('c1')
  const list = new Checklist(view, channel)
  list.remember(['test'])
  list.remember([])
  list.hide()
  assert.equal(new Checklist(view, signal('c1')).kept.value, { hidden: true, done: ['test'] })
  channel.value = 'c2'
  assert.equal(list.kept.value, { hidden: false, done: [] })
  channel.value = 'c1'
  list.show()
  assert.equal(list.kept.value, { hidden: false, done: ['test'] })
})

test('takes nothing that does not belong there from storage', () => {
  for (const text of ['no json', 'null', '[]', '{"done":"test"}', '{"done":["other"],"hidden":"yes"}']) {
    const { view } = storage({ 'crosschat.checklist.c1': text })
    assert.equal(new Checklist(view, signal('c1')).kept.value, { hidden: false, done: [] }, text)
  }
  const none = {
    get localStorage(): never {
      throw new Error('forbidden')
    },
  } as unknown as Window
  const list = new Checklist(none, signal('c1'))
  list.hide()
  assert.ok(list.kept.value.hidden, 'as long as the page lives')
})

test.run()
