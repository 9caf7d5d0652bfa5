import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import type { Work } from '../../server/ingest.ts'
import type { Part } from '../../workers/message.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { temporaryData } from '../help/server.ts'
import { tell } from '../help/tell.ts'

const test = suite('poison')
const PER_PUSH = 10
/** Events of each channel shown before, between and after the poisons. */
const BETWEEN = 200
const SET_ASIDE_WITHIN_MS = 30_000

async function running() {
  const data = await temporaryData()
  const crosschat = createCrossChat({ env: { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'silent' } })
  const base = await crosschat.listen()
  const parts = await crosschat.parts()
  const submit = async (panel: Panel, work: Work) => {
    const entry = parts.ingest.channel((await panel.me()).channel.id)
    assert.ok(entry)
    return parts.ingest.submit(entry, work)
  }
  const close = async () => {
    await crosschat.close()
    await data.remove()
  }
  return { base, parts, submit, close, path: data.path }
}

/** A channel whose chat goes on all the time, and what is shown of it. */
class Chat {
  readonly panel: Panel
  readonly #name: string
  readonly #overlay: Listener
  readonly #streamId: string
  readonly #sent: string[] = []
  readonly #feeding: Promise<void>
  #open = true
  #shownAt = 0
  longestPauseMs = 0

  private constructor(panel: Panel, name: string, overlay: Listener, streamId: string) {
    this.panel = panel
    this.#name = name
    this.#overlay = overlay
    this.#streamId = streamId
    overlay.ws.on('message', () => this.#noteShown())
    this.#feeding = this.#feed()
  }

  static async start(base: string, name: string): Promise<Chat> {
    const panel = await Panel.register(base, name)
    const stream = await panel.startStream()
    return new Chat(panel, name, await Listener.open(base, (await panel.overlay()).key), stream.id)
  }

  async goesOn(): Promise<void> {
    const before = this.#overlay.events.length
    await this.#overlay.until(() => this.#overlay.events.length > before + BETWEEN, 30_000)
  }

  /** Ends the chat; throws unless all that was accepted was shown and kept, once and in order. */
  async end(): Promise<number> {
    this.#open = false
    await this.#feeding
    const { events } = this.#overlay
    await this.#overlay.until(() => events.at(-1)?.id === `twitch:${this.#sent.at(-1)}`)
    assert.equal(messages(events), this.#sent, `${this.#name}: shown once, in order`)
    const seqs = events.map(({ seq }, place) => seq - place)
    assert.is(new Set(seqs).size, 1, `${this.#name}: seqs without a gap, in one epoch`)
    assert.equal(
      messages(await this.panel.transcript(this.#streamId)),
      this.#sent,
      `${this.#name}: kept once, in order`,
    )
    this.#overlay.close()
    return this.#sent.length
  }

  async #feed(): Promise<void> {
    for (let push = 0; this.#open; push++) {
      const ids = Array.from({ length: PER_PUSH }, (_, index) => `${this.#name}-${push}-${index}`)
      const produced = await this.panel.pushLines(ids.map((id) => ircLine(id, `text of ${id}`)))
      assert.is(produced.accepted, PER_PUSH)
      this.#sent.push(...ids)
    }
  }

  #noteShown(): void {
    const now = performance.now()
    if (this.#shownAt !== 0) this.longestPauseMs = Math.max(this.longestPauseMs, now - this.#shownAt)
    this.#shownAt = now
  }
}

function messages(events: { kind: string; id?: string }[]): string[] {
  return events.flatMap(({ kind, id }) => (kind === 'message' ? [id?.replace('twitch:', '') ?? ''] : []))
}

async function threeChats(base: string): Promise<Chat[]> {
  return Promise.all(['poison_one', 'poison_two', 'poison_three'].map((name) => Chat.start(base, name)))
}

/** Rejects when the job is neither done nor set aside in time. */
async function isSetAside(job: Promise<unknown>): Promise<void> {
  const late = sleep(SET_ASIDE_WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error('neither done nor set aside in time')
  })
  await Promise.race([job, late]).then(
    () => assert.unreachable('a poisonous job resolved'),
    (error: Error) => assert.match(error.message, /set aside/),
  )
}

/** The quarantined files, once there are so many of them, whole. */
async function quarantined(path: string, count: number): Promise<{ reason: string; job: { type: string } }[]> {
  const folder = join(path, 'quarantine')
  for (let tries = 0; tries < 10_000; tries++) {
    try {
      const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
      if (files.length === count) return files
    } catch {
      // Not there or not whole yet.
    }
    await new Promise(setImmediate)
  }
  throw new Error(`There are not ${count} whole files in quarantine.`)
}

async function endAll(chats: Chat[], what: string): Promise<void> {
  let events = 0
  for (const chat of chats) events += await chat.end()
  const pauses = chats.map(({ longestPauseMs }) => `${Math.round(longestPauseMs)} ms`).join(', ')
  tell(`${what}; ${events} events, 0 lost, 0 doubled; longest pause of each chat: ${pauses}`)
}

test('is set aside after the second death, with its reason, while three chats go on', async () => {
  const { base, parts, submit, close, path } = await running()
  const chats = await threeChats(base)
  for (const chat of chats) {
    await Promise.all(chats.map((each) => each.goesOn()))
    // A job that no door can make: there is no event in it to place, and the thread ends.
    await isSetAside(submit(chat.panel, { type: 'event', draft: null as never }))
  }
  await Promise.all(chats.map((chat) => chat.goesOn()))
  assert.is(parts.ingest.figures.restarts, 2 * chats.length)
  for (const { reason, job } of await quarantined(path, chats.length)) {
    assert.match(reason, /died twice/)
    assert.is(job.type, 'event')
  }
  await endAll(chats, `${chats.length} poisons, ${parts.ingest.figures.restarts} deaths`)
  await close()
})

test('is found by the watchdog when it hangs the worker, and set aside as well', async () => {
  const { base, parts, submit, close, path } = await running()
  const chats = await threeChats(base)
  const victim = await Panel.register(base, 'hangs_the_worker')
  await victim.pushLines([ircLine('before', 'before')])
  const { channel } = await victim.me()
  // Rules that no door takes: to find each of so many links among so many hosts takes the thread a minute.
  const allow = Array.from({ length: 100_000 }, (_, n) => `host-${n}.example`)
  const url = `https://${allow.at(-1)}/`
  parts.ingest.setRules(channel.id, { ...NO_RULES, links: { action: 'hide', allow } })
  await Promise.all(chats.map((chat) => chat.goesOn()))
  const links = Array.from({ length: 20_000 }, (): Part => ({ type: 'link', text: 'x', url }))
  const author = { id: '1', name: 'Slow_Reader', roles: [], badges: [] }
  const at = Date.now()
  const began = performance.now()
  await isSetAside(
    submit(victim, {
      type: 'event',
      draft: {
        kind: 'message',
        id: 'crosschat:hangs',
        platform: 'crosschat',
        at,
        receivedAt: at,
        author,
        parts: links,
        text: 'x'.repeat(links.length),
      },
    }),
  )
  const seconds = (performance.now() - began) / 1_000
  parts.ingest.setRules(channel.id, NO_RULES)
  await Promise.all(chats.map((chat) => chat.goesOn()))
  assert.is(parts.ingest.figures.restarts, 2)
  assert.match((await quarantined(path, 1))[0]?.reason ?? '', /died twice/)
  assert.is((await victim.pushLines([ircLine('after', 'after')])).accepted, 1, 'its own chat goes on, too')
  await endAll(chats, `a hanging job found twice and set aside within ${seconds.toFixed(1)} s`)
  await close()
})

test.run()
