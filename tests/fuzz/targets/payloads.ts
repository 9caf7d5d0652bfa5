import * as assert from 'uvu/assert'
import { ChatEventAnswer } from '../../../server/answers/event.ts'
import type { Draft } from '../../../workers/message.ts'
import { platforms } from '../../../workers/platforms/index.ts'
import { BadPayload, type Platform, type Pushed, type PushHeaders } from '../../../workers/platforms/platform.ts'
import { MAX_EVENT_UNITS } from '../../../workers/publish.ts'
import { MAX_PARTS } from '../../../workers/words.ts'
import { recorded, throughBody } from '../../help/payloads.ts'
import { oneOf } from '../chance.ts'
import { changedJson, lesserJson, textOfJson } from '../json.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'
import { changedText, MAX_INPUT, shorterTexts } from '../text.ts'

/** What platforms send, as it is pushed: every platform's own reading, then its normaliser, held against what must hold of any event. */

interface Sample {
  platform: Platform
  headers: PushHeaders
  value: unknown
}
interface Input extends Pushed {
  platform: Platform
}

/** How often the text is meddled with instead of the shape. */
const AS_TEXT = 0.15
/** How often the same body is read twice. */
const TWICE = 0.1
/** How often an array of payloads is pushed. */
const TOGETHER = 0.1

const RECORDINGS: Readonly<Record<string, readonly string[]>> = {
  twitch: ['twitch-eventsub.jsonl', 'twitch-eventsub-ws.jsonl'],
  youtube: ['youtube-api.jsonl', 'youtube-innertube.jsonl', 'youtube-renderers.jsonl'],
  kick: ['kick-pusher.jsonl', 'kick-webhooks.jsonl'],
}
/** An honest answer can be longer than what is worth meddling with. */
const MAX_SAMPLE = 32 * 1_024

export const payloads: Target = {
  name: 'payloads',
  few: 1_500,
  async open() {
    const samples = platforms.map(samplesOf)
    return {
      at(random) {
        const own = oneOf(random, samples)
        const { platform, headers, value } = oneOf(random, own)
        const others = own.map((each) => each.value)
        const changed = changedJson(random, random() < TOGETHER ? [value, oneOf(random, others)] : value, others)
        const text = textOfJson(changed)
        const body = random() < AS_TEXT ? changedText(random, text, [text]) : text
        return shot({ platform, headers, body: body.slice(0, MAX_INPUT) }, random() < TWICE ? twice : once)
      },
    }
  },
}

/** What a platform's own samples are, and what was recorded of it. */
export function samplesOf(platform: Platform): Sample[] {
  const made = platform.about.samples.map((kind) => {
    const author = { name: 'Noodle_Knight', color: '#1e90ff', roles: ['mod' as const] }
    const words = { text: 'look https://cool.example/a @Mossy_Otter Kappa', amount: 5 }
    return platform.sample({ id: `sample-${kind}`, at: 1_800_000_000_000, kind, ...author, ...words })
  })
  const samples = made.flatMap(({ body, headers }) =>
    isJson(body) ? [{ platform, headers, value: JSON.parse(body) }] : [],
  )
  const files = RECORDINGS[platform.about.id] ?? []
  const lines = files.flatMap((name) => recorded<Record<string, unknown>>(name))
  return [...samples, ...lines.map((line) => ({ platform, headers: {}, value: payloadIn(line) }))].filter(
    ({ value }) => JSON.stringify(value).length < MAX_SAMPLE,
  )
}

function isJson(body: string): boolean {
  return /^[[{]/.test(body)
}

function payloadIn({ frame, message, response, action, type, messageType, body }: Record<string, unknown>): unknown {
  return frame ?? message ?? response ?? action ?? (messageType === undefined ? { type, body } : body)
}

const once = trialOf(checkOnce)
const twice = trialOf((input) => {
  const outcome = checkOnce(input)
  if (outcome === 'taken') {
    const { platform, ...pushed } = input
    assert.equal(throughBody(platform, pushed), throughBody(platform, pushed), 'the same payload gives the same events')
  }
  return outcome
})

function trialOf(check: (input: Input) => Outcome): Trial<Input> {
  return {
    check,
    told: ({ platform, body, headers }) => `${platform.about.id} ${JSON.stringify(headers)} ${body}`,
    *lesser(input) {
      for (const body of lesserBodies(input.body)) yield { ...input, body }
    },
  }
}

function* lesserBodies(body: string): Generator<string> {
  if (isJson(body)) {
    try {
      for (const less of lesserJson(JSON.parse(body))) yield textOfJson(less)
    } catch {
      // As text, then.
    }
  }
  yield* shorterTexts(body)
}

function checkOnce({ platform, ...pushed }: Input): Outcome {
  try {
    for (const draft of throughBody(platform, pushed).events) checkEvent(draft)
    return 'taken'
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error
    assert.match(error.message, /^Item \d+: [^\n]{5,300}\.$/)
    return 'refused'
  }
}

/** What leaves the worker is an event as it is described, and has room in the ring. */
export function checkEvent(draft: Draft): void {
  const event = { seq: 1, ...draft }
  const { error } = ChatEventAnswer.safeParse(event)
  assert.ok(error === undefined, `an event is not as it is described: ${error?.message}`)
  if ('parts' in draft) assert.ok((draft.parts?.length ?? 0) <= MAX_PARTS, `${draft.parts?.length} parts`)
  const units = JSON.stringify(event).length
  assert.ok(units <= MAX_EVENT_UNITS, `an event of ${units} units does not fit into the ring`)
}
