/** What a connection must know of a line before the normaliser reads it: one look, no tags. */
export interface Glance {
  /** Upper case, or three digits. */
  command: string
  /** The first parameter: a channel as `#login`, `*`, or a nick; "" = none. */
  target: string
}

const NOTHING: Glance = { command: '', target: '' }
const COMMAND = /^(?:[A-Za-z]{1,32}|\d{3})$/

/** Of what is not an IRC line nothing is seen. */
export function glance(line: string): Glance {
  let at = line.startsWith('@') ? pastWord(line, 0) : 0
  if (line.startsWith(':', at)) at = pastWord(line, at)
  const end = wordEnd(line, at)
  const command = line.slice(at, end)
  if (!COMMAND.test(command)) return NOTHING
  const from = pastWord(line, at)
  return { command: command.toUpperCase(), target: line.slice(from, wordEnd(line, from)) }
}

/** The lines of a frame; empty ones are left out. */
export function linesOf(frame: string): string[] {
  return frame.split(/\r?\n/).filter((line) => line !== '')
}

/** What a session exchanges with the server. It holds no chat, even where it names a channel. */
const SESSION = new Set(['JOIN', 'PART', 'ROOMSTATE', 'USERSTATE', 'HOSTTARGET', 'MODE', 'PING', 'PONG', 'CAP', 'QUIT'])

/** True for what people of a channel may see, and for commands that are new here and addressed to a channel. */
export function isChat({ command, target }: Glance): boolean {
  return target.startsWith('#') && !SESSION.has(command) && !/^\d/.test(command)
}

function wordEnd(line: string, from: number): number {
  const end = line.indexOf(' ', from)
  return end < 0 ? line.length : end
}

function pastWord(line: string, from: number): number {
  let at = wordEnd(line, from)
  while (line.startsWith(' ', at)) at++
  return at
}
