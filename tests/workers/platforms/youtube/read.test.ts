import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadPayload, MAX_ITEMS } from '../../../../workers/platforms/platform.ts'
import { MAX_ENTRIES, read } from '../../../../workers/platforms/youtube/read.ts'

const test = suite('youtube read')

const RESOURCE = { kind: 'youtube#liveChatMessage', id: 'a', snippet: { type: 'textMessageEvent' } }
const LIST = { kind: 'youtube#liveChatMessageListResponse', items: [RESOURCE] }
const ACTION = { clickTrackingParams: 'x', markChatItemAsDeletedAction: { targetItemId: 'a' } }
const ANSWER = { responseContext: {}, continuationContents: { liveChatContinuation: { actions: [ACTION] } } }

function refused(body: string): BadPayload {
  try {
    read(body, {})
  } catch (error) {
    assert.instance(error, BadPayload)
    return error as BadPayload
  }
  throw new Error('it was taken')
}

test('takes one payload of each shape, and an array that mixes them in order', () => {
  for (const value of [RESOURCE, LIST, ACTION, ANSWER])
    assert.equal(read(JSON.stringify(value), {}), [{ item: 0, value, headers: {} }])
  const items = read(JSON.stringify([ANSWER, RESOURCE, ACTION, LIST]), {})
  assert.equal(
    items.map(({ item }) => item),
    [0, 1, 2, 3],
  )
  assert.equal(
    items.map(({ value }) => value),
    [ANSWER, RESOURCE, ACTION, LIST],
  )
})

test('takes an answer out of its wrapper, and one of an ended chat', () => {
  assert.equal(read(JSON.stringify({ response: ANSWER, timing: {} }), {})[0]?.value, ANSWER)
  assert.is(read(JSON.stringify({ responseContext: {} }), {}).length, 1)
})

test('refuses a body that is empty or no JSON', () => {
  assert.is(refused(' ').message, 'Item 0: the body is empty.')
  assert.is(refused('[]').message, 'Item 0: the array is empty.')
  assert.is(refused('{"kind":').message, 'Item 0: the body is not valid JSON.')
})

test('names the item that YouTube does not send', () => {
  for (const odd of [
    null,
    1,
    'text',
    [],
    {},
    { error: { code: 403 } },
    { kind: 'youtube#video', items: [], snippet: {} },
  ]) {
    const { item, message } = refused(JSON.stringify([RESOURCE, ACTION, odd]))
    assert.is(item, 2)
    assert.match(message, /^Item 2: not a liveChatMessage/)
  }
})

test('refuses more items or entries than it takes', () => {
  assert.is(read(JSON.stringify(Array(MAX_ITEMS).fill(RESOURCE)), {}).length, MAX_ITEMS)
  assert.match(refused(JSON.stringify(Array(MAX_ITEMS + 1).fill(RESOURCE))).message, /more than 500 items/)
  assert.match(
    refused(JSON.stringify({ ...LIST, items: Array(MAX_ENTRIES + 1).fill(RESOURCE) })).message,
    /more than 2000/,
  )
})

test('is not taken in by keys of the prototype', () => {
  const { message } = refused('{"__proto__":{"snippet":{},"addChatItemAction":{}},"constructor":{"kind":"x"}}')
  assert.match(message, /^Item 0: not a/)
})

test.run()
