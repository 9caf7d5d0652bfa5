import * as assert from 'uvu/assert'
import { platforms } from '../../../workers/platforms/index.ts'
import { BadPayload, type Platform } from '../../../workers/platforms/platform.ts'
import { MAX_PARAMS, parseLine } from '../../../workers/platforms/twitch/irc.ts'
import { glance, linesOf } from '../../../workers/platforms/twitch/irc-glance.ts'
import { recorded, throughBody } from '../../help/payloads.ts'
import { oneOf } from '../chance.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'
import { changedText, shorterTexts } from '../text.ts'
import { checkEvent } from './payloads.ts'

/** IRC lines with their tags: what a connection sees at a glance, the whole reading, and the events. */

const HEADERS = { 'content-type': 'text/plain' }
/** What lines are made of. */
const WORDS = [
  ' :',
  ' PRIVMSG #cool_channel :',
  ' USERNOTICE #cool_channel',
  ' CLEARCHAT #cool_channel :mossy_otter',
  ' CLEARMSG #cool_channel :gone',
  ':mossy_otter!mossy_otter@host ',
  '\u0001ACTION ',
  '\u0001',
  '@a=b;;=;c',
  ';id=',
  ';emotes=25:0-4,6-10/1902:12-16',
  ';emotes=25:4-0,0-99999999999,-1--1',
  ';emotes=25:0-0,1-1,2-2,3-3/25:0-0',
  ';badges=subscriber/999999999999,/,moderator',
  ';bits=100000000000000000000',
  ';bits=1',
  ' cheer1 Cheer100 cheer99999999999',
  ';tmi-sent-ts=-1',
  ';tmi-sent-ts=99999999999999999',
  ';msg-id=subgift',
  ';msg-id=raid',
  ';msg-param-viewerCount=1e9',
  ';display-name=\\s\\s',
  ';user-id=',
  ';color=#GGGGGG',
  ';reply-parent-msg-body=\\s\\\\\\:\\n',
  '\\',
  '\\s',
  '\\:',
]

export const ircLines: Target = {
  name: 'irc-lines',
  few: 1_500,
  async open() {
    const lines = corpus()
    const trial = trialOf(twitch())
    return {
      at: (random) => shot(changedText(random, oneOf(random, lines), lines, random() < 0.5 ? WORDS : []), trial),
    }
  },
}

function twitch(): Platform {
  const found = platforms.find(({ about }) => about.id === 'twitch')
  assert.ok(found)
  return found
}

function corpus(): string[] {
  const platform = twitch()
  const made = platform.about.samples.map((kind) => {
    const fields = { id: `sample-${kind}`, at: 1_800_000_000_000, kind, name: 'Noodle_Knight', text: 'hello Kappa' }
    return platform.sample({ ...fields, color: '#1e90ff', roles: ['sub'], amount: 7 }).body
  })
  const files = ['twitch-irc.jsonl', 'twitch-irc-more.jsonl'].flatMap((name) => recorded<{ line: string }>(name))
  return [...made, ...files.map(({ line }) => line)]
}

function trialOf(platform: Platform): Trial<string> {
  return { check: (body) => check(platform, body), told: (body) => JSON.stringify(body), lesser: shorterTexts }
}

function check(platform: Platform, body: string): Outcome {
  for (const line of linesOf(body)) checkLine(line)
  try {
    for (const draft of throughBody(platform, { body, headers: HEADERS }).events) checkEvent(draft)
    return 'taken'
  } catch (error) {
    if (error instanceof BadPayload) return 'refused'
    throw error
  }
}

function checkLine(line: string): void {
  const parsed = parseLine(line)
  const seen = glance(line)
  assert.is(seen.command, parsed?.command ?? '', 'a glance sees the command that the whole reading finds')
  if (parsed === undefined) return
  assert.match(parsed.command, /^(?:[A-Z]{1,32}|\d{3})$/)
  assert.ok(parsed.params.length <= MAX_PARAMS)
  assert.not(parsed.tags.has(''))
  assert.ok([...parsed.tags].reduce((sum, [key, value]) => sum + key.length + value.length, 0) <= line.length)
}
