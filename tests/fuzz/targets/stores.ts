import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { makePlace, type Place } from '../../../server/stores/nedb/place.ts'
import { openSources } from '../../../server/stores/nedb/sources.ts'
import { openStages } from '../../../server/stores/nedb/stages.ts'
import { openStreams } from '../../../server/stores/nedb/streams.ts'
import { openWebhooks } from '../../../server/stores/nedb/webhooks.ts'
import { Waiting } from '../../../server/webhooks/waiting.ts'
import { parse, pieces } from '../../../workers/keeping/lines.ts'
import { Space } from '../../../workers/keeping/space.ts'
import { messageOf } from '../../workers/archive/events.ts'
import { toldBytes } from '../bytes.ts'
import { oneOf } from '../chance.ts'
import { type Faulted, faultOf, untouched } from '../lines.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'

/** Files of the stores with one fault: they open, give what the fault did not touch, keep a copy of what it did, and open again as they are. */

interface Kept {
  file: string
  fill(place: Place): Promise<void>
  /** Ids of what stands. */
  read(place: Place): Promise<string[]>
}
interface Input {
  kept: Kept
  whole: Buffer
  fault: Faulted
}

const RECORDS = ['one', 'two', 'three', 'four', 'five']

const KEPT: readonly Kept[] = [
  {
    file: 'sources',
    async fill(place) {
      const store = await openSources(place)
      const facts = { title: 'Cool "Channel"', id: '42' }
      const more = { enabled: true, autoStream: false, options: {}, secrets: {}, facts, broadcast: null, createdAt: 1 }
      for (const channelId of RECORDS) await store.put({ channelId, platform: 'twitch', name: 'cool_channel', ...more })
      await store.close()
    },
    read: (place) =>
      using(openSources(place), async (store) => {
        for (const id of RECORDS) await store.byChannel(id)
        await store.learn({ channelId: 'one', platform: 'twitch', name: 'cool_channel' }, { broadcast: null })
        return (await store.all()).map(({ channelId, platform }) => `${channelId}.${platform}`)
      }),
  },
  {
    file: 'stages',
    async fill(place) {
      const store = await openStages(place)
      for (const id of RECORDS) await store.put(id, { panic: true, slow: false, featured: messageOf({ seq: 1 }) })
      await store.close()
    },
    read: (place) => using(openStages(place), async (store) => [...(await store.all()).keys()]),
  },
  {
    file: 'streams',
    async fill(place) {
      const store = await openStreams(place)
      for (const [nth, id] of RECORDS.entries()) {
        await store.insert({
          id,
          channelId: 'c',
          title: 'An evening',
          startedAt: nth + 1,
          endedAt: nth + 2,
          messages: 0,
        })
      }
      await store.close()
    },
    read: (place) =>
      using(openStreams(place), async (store) => (await store.page('c', 50, null)).items.map(({ id }) => id)),
  },
  {
    file: 'waiting',
    async fill(place) {
      const store = await openWebhooks(place)
      const texts = [JSON.stringify(messageOf({ seq: 1 })), '{"kind":"gap","count":3,"at":1,"reason":"More came"}']
      for (const id of RECORDS) await store.keepWaiting({ id, texts, count: 4 })
      await store.close()
    },
    read: (place) =>
      using(openWebhooks(place), async (store) => {
        const kept = await store.waiting()
        for (const { texts } of kept) {
          const waiting = new Waiting()
          for (const text of texts ?? []) waiting.add(text, 1)
        }
        return kept.map(({ id }) => id)
      }),
  },
]

export const stores: Target = {
  name: 'stores',
  few: 60,
  async open() {
    const root = await mkdtemp(join(tmpdir(), 'crosschat-fuzz-'))
    const files: { kept: Kept; whole: Buffer }[] = []
    for (const kept of KEPT) {
      await kept.fill(placeIn(root))
      files.push({ kept, whole: await readFile(join(root, `${kept.file}.db`)) })
    }
    const trial = trialIn(root)
    return {
      at(random) {
        const { kept, whole } = oneOf(random, files)
        return shot({ kept, whole, fault: faultOf(random, whole) }, trial)
      },
      close: () => rm(root, { recursive: true, force: true }),
    }
  },
}

function placeIn(folder: string): Place {
  return makePlace(folder, new Space(folder, 0), () => {}, Date.now)
}

async function using<S extends { close(): Promise<void> }, R>(opening: Promise<S>, task: (store: S) => Promise<R>) {
  const store = await opening
  try {
    return await task(store)
  } finally {
    await store.close()
  }
}

function trialIn(root: string): Trial<Input> {
  let runs = 0
  return {
    async check(input) {
      const folder = join(root, `run-${++runs}`)
      await mkdir(folder)
      try {
        return await check(folder, input)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
    told: ({ kept, fault }) => `${kept.file}.db ${fault.from}-${fault.to} ${toldBytes(fault.bytes)}`,
    *lesser() {},
  }
}

async function check(folder: string, { kept, whole, fault }: Input): Promise<Outcome> {
  const path = join(folder, `${kept.file}.db`)
  await writeFile(path, fault.bytes)
  const ids = await kept.read(placeIn(folder))
  for (const line of untouched(whole, fault)) {
    const { _id }: { _id?: string } = JSON.parse(line)
    if (_id !== undefined) assert.ok(ids.includes(_id), `${_id} was lost, which the fault did not touch`)
  }
  for (const { start, end } of pieces(fault.bytes).filter((piece) => parse(fault.bytes, piece) === null)) {
    const aside = await readFile(`${path}.aside`)
    assert.ok(aside.includes(fault.bytes.subarray(start, end)), 'what was damaged stands beside the file')
  }
  assert.equal((await kept.read(placeIn(folder))).sort(), ids.sort(), 'it opens again as it is')
  return ids.length < RECORDS.length ? 'refused' : 'taken'
}
