/**
 * One IRC line as Twitch sends it (IRCv3 with message tags):
 * `[@tags SP] [:prefix SP] COMMAND SP params [ :trailing]`.
 * Tolerant of what recorded lines lack (tags, prefix, the colon of a one-word text). Time is linear in the line's length
 * whatever it holds, so a hostile line costs no more than an honest one.
 */
export interface IrcLine {
  /** Unescaped. A key that comes twice keeps its last value; a key without `=` has the value "". */
  tags: ReadonlyMap<string, string>
  /** Without the colon; "" when the line has none. */
  prefix: string
  /** Upper case, or three digits. */
  command: string
  params: string[]
}

/** Parameters of one line, as RFC 1459 has it; what comes after stays in the last one. */
export const MAX_PARAMS = 15

const SEMICOLON = 0x3b
const EQUALS = 0x3d
const BACKSLASH = 0x5c
const NO_TAGS: ReadonlyMap<string, string> = new Map()

/** The line's pieces, or nothing when it is not an IRC line. */
export function parseLine(line: string): IrcLine | undefined {
  let at = 0
  let tags = NO_TAGS
  let prefix = ''
  if (line.startsWith('@')) {
    const end = line.indexOf(' ')
    if (end < 0) return undefined
    tags = parseTags(line, 1, end)
    at = skipSpaces(line, end)
  }
  if (line.startsWith(':', at)) {
    const end = line.indexOf(' ', at)
    if (end < 0) return undefined
    prefix = line.slice(at + 1, end)
    at = skipSpaces(line, end)
  }
  const end = wordEnd(line, at)
  const command = line.slice(at, end)
  if (!isCommand(command)) return undefined
  return { tags, prefix, command: command.toUpperCase(), params: parseParams(line, skipSpaces(line, end)) }
}

/** The nick of a `nick!user@host` prefix; "" for a server's name or an empty one. */
export function nickOf(prefix: string): string {
  const bang = prefix.indexOf('!')
  if (bang > 0) return prefix.slice(0, bang)
  const host = prefix.indexOf('@')
  if (bang === 0) return prefix.slice(1, host < 0 ? undefined : host)
  if (host >= 0) return prefix.slice(0, host)
  return prefix.includes('.') ? '' : prefix
}

/** The words of a line. Without a colon they should be one word; if more came, none is lost. */
export function trailingText({ params }: IrcLine): string {
  return params.length <= 2 ? (params[1] ?? '') : params.slice(1).join(' ')
}

function skipSpaces(line: string, from: number): number {
  let at = from
  while (line.startsWith(' ', at)) at++
  return at
}

function wordEnd(line: string, from: number): number {
  const end = line.indexOf(' ', from)
  return end < 0 ? line.length : end
}

function isCommand(word: string): boolean {
  return /^(?:[A-Za-z]{1,32}|\d{3})$/.test(word)
}

function parseParams(line: string, from: number): string[] {
  const params: string[] = []
  let at = from
  while (at < line.length) {
    if (line.startsWith(':', at) || params.length === MAX_PARAMS - 1) {
      params.push(line.slice(line.startsWith(':', at) ? at + 1 : at))
      break
    }
    const end = wordEnd(line, at)
    params.push(line.slice(at, end))
    at = skipSpaces(line, end)
  }
  return params
}

function parseTags(line: string, from: number, to: number): ReadonlyMap<string, string> {
  const tags = new Map<string, string>()
  let start = from
  let equals = -1
  let escaped = false
  for (let at = from; at <= to; at++) {
    const code = at === to ? SEMICOLON : line.charCodeAt(at)
    if (code === EQUALS && equals < 0) equals = at
    else if (code === BACKSLASH) escaped = true
    else if (code === SEMICOLON) {
      const key = line.slice(start, equals < 0 ? at : equals)
      const value = equals < 0 ? '' : line.slice(equals + 1, at)
      if (key !== '') tags.set(key, escaped ? unescapeTag(value) : value)
      start = at + 1
      equals = -1
      escaped = false
    }
  }
  return tags
}

const ESCAPES = new Map([
  [':', ';'],
  ['s', ' '],
  ['r', '\r'],
  ['n', '\n'],
])

function unescapeTag(value: string): string {
  return value.replace(/\\([\s\S]?)/g, (_, char: string) => ESCAPES.get(char) ?? char)
}

/** The reverse, for samples. */
export function escapeTag(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\:')
    .replaceAll(' ', '\\s')
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
}
