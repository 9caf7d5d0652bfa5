import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { HeldView } from '../../../overlay/dock/waiting.ts'
import { NONE_HELD, WaitingList } from '../../../overlay/dock/waiting.ts'
import type { Status } from '../../../server/protocol.ts'

const test = suite('dock: waiting list')

const place = (epoch: string) => ({ epoch, seq: 1 })
const status = (count: number, changes: number): Status => ({
  overlays: [],
  messages: 0,
  lastAt: null,
  sources: [],
  held: { count, changes },
})

function open(fetch: () => Promise<HeldView>) {
  const drawn: number[] = []
  const list: WaitingList = new WaitingList(fetch, () => drawn.push(list.view.count))
  return { list, drawn }
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('asks when the status says that it is another list, and only then', async () => {
  let asked = 0
  const { list, drawn } = open(async () => ({ items: [], count: ++asked }))
  list.look({ place: place('a'), status: null })
  list.look({ place: place('a'), status: status(2, 1) })
  list.look({ place: place('a'), status: status(2, 1) })
  await settled()
  assert.is(asked, 1)
  list.look({ place: place('a'), status: status(2, 3) })
  await settled()
  list.look({ place: place('b'), status: status(2, 3) })
  await settled()
  assert.is(asked, 3, 'also after a restart that counts the same')
  list.look({ place: place('b'), status: status(0, 4) })
  assert.is(asked, 3, 'what is empty need not be asked for')
  assert.equal(drawn, [1, 2, 3, 0])
  assert.is(list.view, NONE_HELD)
})

test('asks once more for whoever asked meanwhile, and tries again after a failure', async () => {
  const answers: ((view: HeldView) => void)[] = []
  const { list } = open(() => new Promise((resolve) => answers.push(resolve)))
  const first = list.refresh()
  void list.refresh()
  void list.refresh()
  answers[0]?.({ items: [], count: 1 })
  await settled()
  assert.is(answers.length, 2)
  answers[1]?.({ items: [], count: 2 })
  await first
  assert.is(list.view.count, 2)

  let fails = true
  const other = open(async () => {
    if (fails) throw new Error('no answer')
    return { items: [], count: 5 }
  })
  other.list.look({ place: place('a'), status: status(5, 1) })
  await settled()
  assert.is(other.list.view, NONE_HELD)
  fails = false
  other.list.look({ place: place('a'), status: status(5, 1) })
  await settled()
  assert.is(other.list.view.count, 5)
})

test.run()
