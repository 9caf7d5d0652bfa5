import { below, oneOf } from './chance.ts'
import { changedText } from './text.ts'

/** JSON whose shape has been meddled with: what stands where, under which name, how deep, how often. */

const MOST_EDITS = 3
/** How likely a walk down a value ends at each step, and at the first: what is no payload at all is soon turned down. */
const STOP = 0.2
const STOP_AT_ONCE = 0.03
/** How often JSON that stands in a string is meddled with as JSON. */
const WITHIN = 0.8
const DEPTHS = [2, 30, 400, 2_000]
const REPEATS = [2, 30, 600]

/** Values that have no business where they turn up. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  '',
  ' ',
  0,
  -0,
  -1,
  0.5,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  5e-324,
  [],
  {},
  [[]],
  [null],
  { $ne: null },
  { $where: '1' },
  { length: 1e9 },
  { toString: 1, valueOf: 1, toJSON: 1 },
  'x'.repeat(3_000),
  '9'.repeat(400),
  '\u0000\u202e<img src=x onerror=alert(1)>\ud800',
  '0001-01-01T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  'javascript:alert(1)',
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
]

/** Names that no field of ours may ever be taken for. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$set',
  '$where',
  '$$deleted',
  'a.b',
  '',
  '0',
  '-1',
  '_id',
  'length',
  'then',
  'toJSON',
  '\u0000',
  'n'.repeat(2_000),
]

/** `base` with one to three changes anywhere in it; `others` lend parts of themselves. */
export function changedJson(random: () => number, base: unknown, others: readonly unknown[]): unknown {
  let value = base
  for (let left = 1 + below(random, MOST_EDITS); left > 0; left--) value = walked(random, value, others, STOP_AT_ONCE)
  return value
}

function walked(random: () => number, value: unknown, others: readonly unknown[], stop = STOP): unknown {
  const within = typeof value === 'string' && random() < WITHIN ? jsonIn(value) : undefined
  if (within !== undefined) return textOfJson(walked(random, within, others))
  if (!isContainer(value) || Object.keys(value).length === 0 || random() < stop) return edited(random, value, others)
  const name = oneOf(random, Object.keys(value))
  return withField(value, name, walked(random, Reflect.get(value, name), others))
}

/** Some platforms put JSON into a string. */
function jsonIn(text: string): unknown {
  if (!text.startsWith('{"')) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function edited(random: () => number, value: unknown, others: readonly unknown[]): unknown {
  switch (below(random, 9)) {
    case 0:
      return somewhereIn(random, oneOf(random, others))
    case 1:
      return random() < 0.5 ? [value] : { [oneOf(random, NAMES)]: value }
    case 2:
      return random() < 0.1 ? nested(random, value) : oneOf(random, VALUES)
    case 3:
      return renamed(random, value)
    case 4:
      return added(random, value)
    case 5:
      return without(random, value)
    case 6:
      return typeof value === 'string' ? changedText(random, value, [value]) : textOfJson(value)
    case 7:
      return typeof value === 'number' ? bentNumber(random, value) : repeated(random, value)
    default:
      return oneOf(random, VALUES)
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** A copy: what is shared between inputs stays as it is. Also sets names that an assignment would take for something else. */
function withField(value: object, name: string, field: unknown): unknown {
  if (Array.isArray(value)) return value.with(Number(name), field)
  return Object.fromEntries(Object.entries(value).map(([each, kept]) => [each, each === name ? field : kept]))
}

function somewhereIn(random: () => number, value: unknown): unknown {
  if (!isContainer(value) || Object.keys(value).length === 0 || random() < STOP) return value
  return somewhereIn(random, Reflect.get(value, oneOf(random, Object.keys(value))))
}

function nested(random: () => number, value: unknown): unknown {
  let deep = value
  for (let left = oneOf(random, DEPTHS); left > 0; left--) deep = random() < 0.5 ? [deep] : { a: deep }
  return deep
}

function renamed(random: () => number, value: unknown): unknown {
  if (!isContainer(value) || Array.isArray(value)) return oneOf(random, VALUES)
  const entries = Object.entries(value)
  const at = below(random, entries.length)
  return Object.fromEntries(entries.map(([name, field], place) => [place === at ? oneOf(random, NAMES) : name, field]))
}

function added(random: () => number, value: unknown): unknown {
  const extra = oneOf(random, VALUES)
  if (!isContainer(value)) return [value, extra]
  if (Array.isArray(value)) return value.toSpliced(below(random, value.length + 1), 0, extra)
  return Object.fromEntries([...Object.entries(value), [oneOf(random, NAMES), extra]])
}

function without(random: () => number, value: unknown): unknown {
  if (!isContainer(value)) return null
  const at = below(random, Object.keys(value).length)
  if (Array.isArray(value)) return value.toSpliced(at, 1)
  return Object.fromEntries(Object.entries(value).filter((_, place) => place !== at))
}

function repeated(random: () => number, value: unknown): unknown {
  return Array.isArray(value)
    ? Array.from({ length: oneOf(random, REPEATS) }, () => value).flat()
    : Array.from({ length: oneOf(random, REPEATS) }, () => value)
}

function bentNumber(random: () => number, value: number): number {
  return oneOf(random, [
    -value,
    value + 1,
    value * 1e6,
    value / 3,
    value + 0.5,
    2 ** 32 + value,
    Number.MAX_SAFE_INTEGER,
  ])
}

/** The value less one field or entry, or one of its parts in its place; whatever it holds is made smaller too. */
export function* lesserJson(value: unknown): Generator<unknown> {
  if (!isContainer(value)) return
  for (const part of Object.values(value)) if (isContainer(part)) yield part
  for (const name of Object.keys(value)) yield lessOne(value, name)
  for (const [name, part] of Object.entries(value)) {
    for (const less of lesserJson(part)) yield withField(value, name, less)
  }
}

function lessOne(value: object, name: string): unknown {
  if (Array.isArray(value)) return value.toSpliced(Number(name), 1)
  return Object.fromEntries(Object.entries(value).filter(([each]) => each !== name))
}

/** The value's text; nothing of it where it is nested too deeply to be written. */
export function textOfJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch {
    return 'null'
  }
}
