import * as assert from 'uvu/assert'
import { cutText } from '../../../overlay/parts/cut-text.ts'
import { BadRequest } from '../../../workers/archive/bad-request.ts'
import { placesOf } from '../../../workers/archive/needle.ts'
import { cursorOf, placeOf } from '../../../workers/archive/place.ts'
import { readQuery } from '../../../workers/archive/query.ts'
import { eventKey, seal } from '../../../workers/archive/record.ts'
import { forMatching } from '../../../workers/matching.ts'
import type { Message } from '../../../workers/message.ts'
import { NO_RULES } from '../../../workers/ruled.ts'
import { judge, prepareRules } from '../../../workers/rules.ts'
import {
  clean,
  cleanName,
  isBlank,
  MAX_NAME,
  MAX_TEXT,
  safeUrl,
  trimInvisible,
  visible,
} from '../../../workers/text.ts'
import { line, MAX_PARTS, textOf, words } from '../../../workers/words.ts'
import { authorOf, messageOf } from '../../workers/archive/events.ts'
import { below, oneOf } from '../chance.ts'
import { type Outcome, shot, type Target, type Trial } from '../target.ts'
import { changedText, MAX_INPUT, shorterTexts } from '../text.ts'

/** Text that people typed: cleaned and split, searched for, ruled on, and what comes back as a cursor. */

interface Input {
  text: string
  asked: string
}

const TEXTS = [
  'hello @Mossy_Otter look at https://cool.example/a?b=c#d, please',
  'Wow! that is GREAT cool.example/x and mail me@cool.example',
  'плохое слово vs plohoe сlovо',
  '😀👨‍👩‍👧 e\u0301e\u0301 שלום عربي 日本語 İstanbul \u212aelvin ß',
  '!command with arguments',
]
const QUERIES = [
  'from:"mossy otter" -has:link great',
  '"look at" kind:raid role:mod is:reply before:2024-01-01',
  'after:2023-05-06T07:08:09Z -"a b" platform:twitch',
  'word',
]
const QUERY_WORDS = [
  '-',
  '"',
  ':',
  'from:',
  'has:',
  'is:',
  'before:',
  'kind:',
  'role:',
  '.*',
  '(',
  '[',
  '\\',
  '$',
  '^',
  '|',
  '+',
]
const HOSTS = ['cool.example', '*.cool.example']
/** More than twice what is kept of a text; a longer one only now and then. */
const MOST_LETTERS = 5_000
/** Moves from node to node for each letter at most: one on, and as many falls back as there were steps on before. */
const STEPS_A_LETTER = 2

export const typed: Target = {
  name: 'words',
  few: 700,
  async open() {
    return {
      at: (random) => {
        const text = changedText(random, oneOf(random, TEXTS), TEXTS).slice(
          0,
          random() < 0.05 ? MAX_INPUT : MOST_LETTERS,
        )
        const query = changedText(random, oneOf(random, QUERIES), [...QUERIES, text], QUERY_WORDS)
        const [from, size] = [below(random, text.length + 1), below(random, 20)]
        return shot({ text, asked: random() < 0.3 ? text.slice(from, from + size) : query.slice(0, 200) }, trial)
      },
    }
  },
}

const trial: Trial<Input> = {
  check({ text, asked }) {
    checkText(text)
    const message = checkLine(text)
    checkRules(message, asked)
    checkSearch(message, asked)
    return checkCursor(asked)
  },
  told: ({ text, asked }) => `${JSON.stringify(text)} asked ${JSON.stringify(asked)}`,
  *lesser({ text, asked }) {
    for (const less of shorterTexts(asked)) yield { text, asked: less }
    for (const less of shorterTexts(text)) yield { text: less, asked }
  },
}

function checkText(text: string): void {
  const cleaned = clean(text)
  assert.ok(cleaned.isWellFormed() && Array.from(cleaned).length <= MAX_TEXT)
  assert.is(clean(cleaned), cleaned, 'cleaned once is cleaned for good')
  const name = cleanName(text)
  assert.ok(name.trim() !== '' && Array.from(name).length <= MAX_NAME && !/[\n\r]/.test(name), JSON.stringify(name))
  assert.is(cleanName(name), name)
  assert.is(trimInvisible(trimInvisible(text)), trimInvisible(text))
  assert.is(visible(visible(text)), visible(text))
  if (isBlank(text)) assert.is(isBlank(`${text} `), true)
  const url = safeUrl(text, HOSTS)
  assert.ok(url === undefined || url.startsWith('https://'), url)
}

function checkLine(text: string): Message {
  const split = words(clean(text))
  assert.is(textOf(split), clean(text), 'the parts are the text')
  const parts = line([text, { type: 'mention', text: '@x' }, text])
  assert.ok(parts.length <= MAX_PARTS && parts.every((part) => part.text !== ''))
  for (const max of [1, 20, 500]) assert.ok(cutText(parts, max).length <= parts.length + 1)
  return messageOf({ seq: 1, text: textOf(parts), parts, author: authorOf('u1', cleanName(text)) })
}

function checkRules(message: Message, word: string): void {
  const compared = forMatching(word)
  const rules = { ...NO_RULES, words: [word, { text: word, match: 'whole' as const, action: 'hold' as const }] }
  const all = { commands: true, bots: true, links: { action: 'hold' as const, allow: [word] }, firstTimers: true }
  const more = { caps: { action: 'hide' as const, share: 70, least: 5 }, emoteOnly: { action: 'hold' as const } }
  const ruling = prepareRules({ ...rules, ...all, ...more, users: [word], people: [] })
  const before = ruling.words.steps
  const verdict = judge(structuredClone(message), ruling)
  const said = `${forMatching(message.author.name)}\n${forMatching(message.text)}`
  assert.ok(ruling.words.steps - before <= STEPS_A_LETTER * (said.length + 1), `${ruling.words.steps - before} steps`)
  if (compared !== '' && forMatching(message.text).includes(compared)) assert.is(verdict?.action, 'hide')
}

/** Whatever a search finds, its needle finds too: a segment in which it does not stand is passed by. */
function checkSearch(message: Message, q: string): void {
  const { holds, needle } = readQuery(q)
  if (!holds(message) || needle === '') return
  const stored = Buffer.from(JSON.stringify(seal(eventKey(1), JSON.stringify(message))))
  assert.ok(placesOf(stored, needle).length > 0, `the needle ${JSON.stringify(needle)} does not stand in what is found`)
}

function checkCursor(cursor: string): Outcome {
  try {
    const place = placeOf(cursor)
    assert.equal(placeOf(cursorOf(place)), place)
    return 'taken'
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error
    // Most of what is typed is no cursor; text and search were taken all the same.
    return 'taken'
  }
}
