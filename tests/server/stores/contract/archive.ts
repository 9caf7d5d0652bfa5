import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Archived, EventFilter } from '../../../../server/stores/archive.ts'
import type { Stores } from '../../../../server/stores/stores.ts'
import type { Message } from '../../../../workers/message.ts'
import {
  authorOf,
  batchOf,
  clearOf,
  messageOf,
  messages,
  noticeOf,
  removeOf,
  restoreOf,
} from '../../../workers/archive/events.ts'
import { type Driver, refused, transcript } from './driver.ts'

/** What every driver of the stores must do with transcripts; run it on the real thing. */
export function archiveContract(name: string, open: () => Promise<Driver>): void {
  const archive = suite(`stores: archive, ${name}`)
  let driver: Driver
  archive.before(async () => {
    driver = await open()
  })
  archive.after(() => driver.discard())

  archive('archives events once, however often they are appended', async () => {
    const streamId = randomUUID()
    const written = await driver.stores.archive.written(streamId, 10, null, {})
    assert.is(Buffer.from(written.utf8).toString(), '{"items":[],"next":null}')
    assert.equal(await driver.stores.archive.open(streamId), { messages: 0, ids: [], held: [] })
    const events = [1, 2, 3].map((seq) => messageOf({ seq }))
    assert.equal(await driver.stores.archive.append(batchOf(streamId, 'e1', events)), { messages: 3 })
    const again = [...events, messageOf({ seq: 4 })]
    assert.equal(await driver.stores.archive.append(batchOf(streamId, 'e1', again)), { messages: 4 })
    assert.equal(await transcript(driver.stores, streamId), again)
    assert.equal(await driver.stores.archive.end(streamId), { messages: 4 })
    assert.equal(await transcript(driver.stores, streamId), again)
  })

  archive('shows gaps in their place, and marks what was removed', async () => {
    const streamId = randomUUID()
    await driver.stores.archive.append(batchOf(streamId, 'e1', [messageOf({ seq: 1 }), messageOf({ seq: 2 })]))
    const gap = { kind: 'gap', count: 7, at: 5, reason: 'slow' } as const
    await driver.stores.archive.gap(streamId, 'e1', gap)
    const remove = removeOf({ seq: 10, at: 77, target: { id: messageOf({ seq: 1 }).id } })
    await driver.stores.archive.append(batchOf(streamId, 'e1', [remove, clearOf({ seq: 11, by: 'stream' })]))
    const items = await transcript(driver.stores, streamId)
    assert.equal(
      items.map(({ kind }) => kind),
      ['message', 'message', 'gap', 'remove', 'clear'],
    )
    assert.equal(items[2], gap)
    assert.equal(
      items.map((item) => ('removed' in item ? item.removed : null)),
      [{ at: 77, by: 'platform' }, null, null, null, null],
    )
  })

  archive('gives the newest ids, oldest first, when a stream is opened again', async () => {
    const streamId = randomUUID()
    const events = Array.from({ length: 50 }, (_, nth) => messageOf({ seq: nth + 1 }))
    await driver.stores.archive.append(batchOf(streamId, 'e1', events.slice(0, 30)))
    await driver.stores.archive.append(batchOf(streamId, 'e2', events.slice(30)))
    driver = await driver.reopen()
    const opened = await driver.stores.archive.open(streamId)
    assert.equal(opened, { messages: 50, ids: events.map(({ id }) => id), held: [] })
    assert.equal(await transcript(driver.stores, streamId), events)
  })

  archive('removes a stream wholly, and answers for one that never was', async () => {
    const streamId = randomUUID()
    await driver.stores.archive.append(batchOf(streamId, 'e1', [messageOf({ seq: 1 })]))
    await driver.stores.archive.remove(streamId)
    await driver.stores.archive.remove(streamId)
    assert.equal(await driver.stores.archive.page(streamId, 10, null, {}), { items: [], next: null })
    assert.equal(await driver.stores.archive.open(streamId), { messages: 0, ids: [], held: [] })
  })

  archive('gives back each record letter for letter, with its epoch, in the order of arrival', async () => {
    const streamId = randomUUID()
    const odd = String.raw`{"seq":2, "id":"twitch:é\u0000\ud800", "kind":"message","platform":"twitch","at":1.0e3,"receivedAt":2002,"text":"\/ 𝓗i\u2028","parts":[],"author":{"id":"1","name":"Zoë","roles":[],"badges":[]},"__proto__":{"x":1}}`
    const texts = [JSON.stringify(messageOf({ seq: 1, text: '💚 \u2028 "quoted" \\' })), odd]
    const gap = { kind: 'gap', count: 0, at: 9, reason: 'away', platform: 'kick', until: 10 } as const
    await driver.stores.archive.append(textBatch(streamId, 'e1', texts, [1, 2]))
    await driver.stores.archive.gap(streamId, 'e1', gap)
    await driver.stores.archive.append(batchOf(streamId, 'e2', messages(1, 1).map(again)))
    driver = await driver.reopen()
    const records = await driver.stores.archive.records(streamId, 0)
    const more = await driver.stores.archive.records(streamId, 1)
    assert.equal(
      [...records, ...more],
      [
        { epoch: 'e1', seq: 1, text: texts[0] ?? '' },
        { epoch: 'e1', seq: 2, text: odd },
        { epoch: 'e1', seq: null, text: JSON.stringify(gap) },
        { epoch: 'e2', seq: 1, text: JSON.stringify(again(messageOf({ seq: 1 }))) },
      ],
    )
    const recent = await driver.stores.archive.recent(streamId, 10, 100_000)
    assert.is(Buffer.from(recent.bytes).toString(), records.at(-1)?.seq === null ? more[0]?.text : records[3]?.text)
    assert.ok((await driver.stores.archive.bytes(streamId)) >= Buffer.byteLength(texts.join('')))
  })

  archive('gives the newest events with their heads, as far back as their order goes', async () => {
    const streamId = randomUUID()
    await driver.stores.archive.append(batchOf(streamId, 'e1', messages(1, 600)))
    await driver.stores.archive.append(batchOf(streamId, 'e2', messages(601, 100)))
    const recent = await driver.stores.archive.recent(streamId, 150, 1_000_000)
    assert.equal(
      recent.heads.map(({ seq, epoch }) => [seq, epoch]),
      Array.from({ length: 150 }, (_, nth) => [551 + nth, nth < 50 ? 'e1' : 'e2']),
    )
    const first = Buffer.from(recent.bytes).toString('utf8', 0, recent.ends[0])
    assert.equal(JSON.parse(first), messageOf({ seq: 551 }))
    assert.is((await driver.stores.archive.recent(streamId, 150, recent.ends[0] ?? 0)).heads.length, 1)
    assert.equal((await driver.stores.archive.recent(randomUUID(), 10, 1_000)).heads, [])
  })

  archive('keeps what was held, and what was done to it', async () => {
    const streamId = randomUUID()
    const now = Date.now()
    const held = (seq: number) => messageOf({ seq, hidden: 'held:links', receivedAt: now })
    await driver.stores.archive.append(batchOf(streamId, 'e1', [held(1), held(2), held(3)]))
    const target = { id: held(2).id }
    const released = restoreOf({ seq: 4, target, released: true, receivedAt: now })
    await driver.stores.archive.append(batchOf(streamId, 'e1', [released]))
    driver = await driver.reopen()
    const opened = await driver.stores.archive.open(streamId)
    assert.equal(
      opened.held.map(({ seq }) => seq),
      [1, 2, 3, 4],
    )
    const shown = (await transcript(driver.stores, streamId))[1]
    assert.ok(shown !== undefined && 'releasedAt' in shown && !('hidden' in shown))
  })

  archive('finds by words, operators and fields, in order, over many pages, and what stood around each', async () => {
    const streamId = randomUUID()
    await driver.stores.archive.append(batchOf(streamId, 'e1', CHAT.slice(0, 900)))
    await driver.stores.archive.append(batchOf(streamId, 'e1', CHAT.slice(900)))
    for (const running of [true, false]) {
      if (!running) await driver.stores.archive.end(streamId)
      for (const [filter, seqs] of ASKED) {
        const found = await allOf(driver.stores, streamId, filter, 7)
        assert.equal(found, seqs, `${JSON.stringify(filter)}, ${running ? 'running' : 'ended'}`)
      }
    }
    const { hits } = await driver.stores.archive.search(streamId, 5, null, { q: 'needle' }, 20_000)
    assert.equal(
      hits.map(({ before, after }) => [seqIn(before), seqIn(after)]),
      [
        [499, 501],
        [500, 502],
        [799, 801],
        [1_233, 1_235],
      ],
    )
    const from = await driver.stores.archive.page(streamId, 30, hits[3]?.from ?? null, {})
    assert.ok(from.items.some((item) => seqIn(item) === 1_234))
    await refused('bad_request', driver.stores.archive.page(streamId, 10, 'nonsense', {}))
    await refused('bad_request', driver.stores.archive.page('../s1', 10, null, {}))
  })

  archive('counts who said how much, and when', async () => {
    const streamId = randomUUID()
    await driver.stores.archive.append(batchOf(streamId, 'e1', CHAT))
    const figures = await driver.stores.archive.figures(streamId)
    assert.equal([figures.messages, figures.chatters], [1_500, 5])
    assert.is(figures.top[0]?.name, 'Mira')
    const [twitch = [], kick = []] = [figures.counts.twitch, figures.counts.kick]
    assert.is(
      [...twitch, ...kick].reduce((sum, count) => sum + count, 0),
      1_500,
    )
    assert.is((await driver.stores.archive.figures(randomUUID())).messages, 0)
  })

  archive('takes a viewer out of a stream, row by row in place, and says the same a second time', async () => {
    const streamId = randomUUID()
    const theirs = messageOf({ seq: 2, text: 'my secret', author: authorOf('u9', 'Gone_Girl', 'gone_girl') })
    const about = messageOf({
      seq: 3,
      text: '@Gone_Girl hi',
      parts: [
        { type: 'mention', text: '@Gone_Girl' },
        { type: 'text', text: ' hi' },
      ],
    })
    const remove = removeOf({ seq: 4, target: { authorId: 'u9' } })
    await driver.stores.archive.append(batchOf(streamId, 'e1', [messageOf({ seq: 1 }), theirs, about, remove]))
    await driver.stores.archive.end(streamId)
    const person = { platform: 'twitch', authorId: 'u9', names: [] }
    const first = await driver.stores.archive.erase(streamId, person)
    assert.equal([first.events, first.names.sort()], [1, ['Gone_Girl', 'gone_girl']])
    await driver.stores.archive.erase(streamId, { ...person, names: first.names })
    driver = await driver.reopen()
    const text = (await driver.stores.archive.records(streamId, 0)).map((record) => record.text).join('\n')
    assert.not.match(text, /secret|gone_girl|u9/i)
    const rows = await transcript(driver.stores, streamId)
    assert.equal(rows.map(seqIn), [1, 2, 3, 4])
    assert.equal(await driver.stores.archive.erase(streamId, { ...person, names: first.names }), {
      events: 0,
      names: [],
    })
    assert.equal(await allOf(driver.stores, streamId, { q: 'gone_girl' }, 5), [])
    assert.equal(await driver.stores.archive.append(batchOf(streamId, 'e1', messages(5, 1))), { messages: 4 })
  })

  archive(
    'takes a name out also where others wrote it in capitals of their own, and nothing else speaks of the viewer',
    async () => {
      const streamId = randomUUID()
      const parts: Message['parts'] = [
        { type: 'mention', text: '@ÉLAN_girl' },
        { type: 'text', text: ' hi' },
      ]
      const reply = { id: 'twitch:x', author: 'GONE_GIRL', text: 'my secret' }
      const quoting = messageOf({ seq: 2, text: 'no', reply })
      const said = [messageOf({ seq: 1, text: '@ÉLAN_girl hi', parts }), quoting]
      await driver.stores.archive.append(batchOf(streamId, 'e1', said))
      await driver.stores.archive.end(streamId)
      await driver.stores.archive.erase(streamId, {
        platform: 'twitch',
        authorId: 'u9',
        names: ['Élan_Girl', 'Gone_Girl'],
      })
      const text = (await driver.stores.archive.records(streamId, 0)).map((record) => record.text).join('\n')
      assert.not.match(text, /élan|gone|secret/i)
      assert.match(text, /@erased hi/)
    },
  )

  archive('keeps events of a lower number and of another epoch where they came', async () => {
    const streamId = randomUUID()
    await driver.stores.archive.append(batchOf(streamId, 'e1', messages(10, 3)))
    await driver.stores.archive.append(batchOf(streamId, 'e1', messages(5, 2)))
    await driver.stores.archive.append(batchOf(streamId, 'e2', messages(1, 2)))
    assert.equal((await transcript(driver.stores, streamId)).map(seqIn), [10, 11, 12, 5, 6, 1, 2])
    const torn = { ...batchOf(streamId, 'e1', messages(20, 2)), seqs: Float64Array.from([20, 22]) }
    await refused('bad_request', driver.stores.archive.append(torn))
    assert.is((await transcript(driver.stores, streamId)).length, 7)
  })

  archive.run()
}

/** The same words of somebody, sent anew. */
function again<E extends { id: string }>(event: E): E {
  return { ...event, id: `${event.id}-again` }
}

/** Texts as no encoder of ours writes them. */
function textBatch(streamId: string, epoch: string, texts: string[], seqs: number[]) {
  let end = 0
  const ends = texts.map((text) => {
    end += Buffer.byteLength(text)
    return end
  })
  const bytes = Buffer.from(texts.join(''))
  return { streamId, epoch, bytes, ends: Uint32Array.from(ends), seqs: Float64Array.from(seqs) }
}

function seqIn(item: Archived | null): number | null {
  return item === null || item.kind === 'gap' ? null : item.seq
}

/** Seqs of all that fits, page by page: as a page and as a search, which must find the same. */
async function allOf({ archive }: Stores, streamId: string, filter: EventFilter, limit: number): Promise<number[]> {
  const paged: (number | null)[] = []
  const searched: (number | null)[] = []
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof archive.page>> = await archive.page(streamId, limit, cursor, filter)
    paged.push(...page.items.map(seqIn))
    const written = await archive.written(streamId, limit, cursor, filter)
    assert.equal(JSON.parse(Buffer.from(written.utf8).toString()), page, 'a written page says the same')
    written.back()
    cursor = page.next
  }
  for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
    const page: Awaited<ReturnType<typeof archive.search>> = await archive.search(streamId, limit, cursor, filter, 900)
    searched.push(...page.hits.map(({ event }) => seqIn(event)))
    cursor = page.next
  }
  assert.equal(searched, paged)
  return paged.flatMap((seq) => seq ?? [])
}

/** 1,500 lines of three people; a few say what is looked for. */
const SAID: Record<number, string> = {
  500: 'a Needle in the hay',
  501: 'the needle, again',
  1234: 'noNEEDLEhere',
  700: 'ΣΊΣΥΦΟΣ rolls',
  701: 'İstanbul K and ſ',
  702: 'x"y\\z "quoted words" here',
  900: 'two  spaces and 💚',
  1499: 'the last one says ab',
}
const PEOPLE = [authorOf('1', 'Mira'), authorOf('2', 'Noodle_Knight', 'noodle'), authorOf('3', 'Öyster')]
const CHAT = Array.from({ length: 1_500 }, (_, nth) => {
  const seq = nth + 1
  const text = SAID[seq] ?? `line ${seq}`
  // Mira says most.
  const author = PEOPLE[seq % 10 === 0 ? 1 : seq % 11 === 0 ? 2 : 0] ?? authorOf('1', 'Mira')
  const platform = seq % 2 === 0 ? 'twitch' : 'kick'
  const base = { seq, platform, id: `${platform}:m${seq}`, at: 1_000 + seq, receivedAt: 60_000 * Math.floor(seq / 100) }
  if (seq === 800)
    return noticeOf({
      ...base,
      text: 'A gift arrives.',
      what: 'gift',
      parts: [
        { type: 'text', text: 'nee' },
        { type: 'text', text: 'dless' },
      ],
    })
  return messageOf({ ...base, author, text, parts: [{ type: 'text', text }], ...(seq === 600 && { simulated: true }) })
})
const WHO = (test: (seq: number) => boolean) => CHAT.map(({ seq }) => seq).filter((seq) => seq !== 800 && test(seq))

const ASKED: [EventFilter, number[]][] = [
  [{ q: 'needle' }, [500, 501, 800, 1_234]],
  [{ q: 'NEEDLE hay' }, [500]],
  [{ q: '"needle, again"' }, [501]],
  [{ q: 'needle -again' }, [500, 800, 1_234]],
  [{ q: 'needless' }, [800]],
  [{ q: 'kind:gift' }, [800]],
  [{ q: 'σίσυφος' }, [700]],
  [{ q: 'σίσυφοσ' }, []],
  [{ q: 'rolls' }, [700]],
  [{ q: 'stanbul' }, [701]],
  [{ q: '"quoted words"' }, [702]],
  [{ q: 'quoted here' }, [702]],
  [{ q: '💚' }, [900]],
  [{ q: 'ab' }, [1_499]],
  [{ q: 'zz' }, []],
  [{ q: 'line 77' }, WHO((seq) => /77/.test(String(seq)) && SAID[seq] === undefined)],
  [{ q: 'from:noodle' }, WHO((seq) => seq % 10 === 0)],
  [{ author: 'NOODLE_knight' }, WHO((seq) => seq % 10 === 0)],
  [{ author: 'öyster' }, WHO((seq) => seq % 11 === 0 && seq % 10 !== 0)],
  [{ author: 'öyster', q: 'line 99' }, WHO((seq) => seq % 11 === 0 && seq % 10 !== 0 && /99/.test(String(seq)))],
  [{ from: 1_010, to: 1_012 }, [10, 11, 12]],
  [{ platform: 'kick', from: 1_010, to: 1_015 }, [11, 13, 15]],
  [{ id: 'twitch:m1234' }, [1_234]],
  [{ id: 'twitch:nobody' }, []],
  [{ id: 'twitch:no\u0000body' }, []],
  [{ q: 'is:simulated' }, [600]],
  [{ simulated: false, from: 1_599, to: 1_601 }, [599, 601]],
]
