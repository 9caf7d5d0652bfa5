import type { Draft } from '../../message.ts'
import { clean } from '../../text.ts'
import type { Context, Normalised, Payload } from '../platform.ts'
import { withOriginal } from './ids.ts'
import { type IrcLine, parseLine } from './irc.ts'
import { clearchat, clearmsg, notice } from './moderation.ts'
import { privmsg } from './privmsg.ts'
import { idWithoutTag, stampOf } from './stamp.ts'
import { usernotice } from './usernotice.ts'

/** One IRC line as events. */
export function normaliseLine(text: string, payload: Payload, context: Context): Normalised {
  const line = parseLine(text)
  const result = line === undefined ? 'this is not an IRC line.' : eventOf(line, payload, context)
  if (typeof result === 'string') return { events: [], ignored: [`Item ${payload.item}: ${result}`] }
  return withOriginal({ events: [result], ignored: [] }, line?.tags.get('source-id'))
}

/** The event, or the reason why there is none. */
function eventOf(line: IrcLine, payload: Payload, context: Context): Draft | string {
  switch (line.command) {
    case 'PRIVMSG':
      if (line.params.length < 2) return 'a PRIVMSG line without text says nothing.'
      return privmsg(line, stampOf(line, payload, context))
    case 'USERNOTICE':
      return usernotice(line, stampOf(line, payload, context))
    case 'CLEARCHAT':
      return clearchat(line, removalStamp(line, payload, context))
    case 'CLEARMSG':
      return clearmsg(line, removalStamp(line, payload, context))
    case 'NOTICE':
      return notice(line, stampOf(line, payload, context))
    default:
      return silent(line.command) ?? newKind(line, payload, context)
  }
}

function removalStamp(line: IrcLine, payload: Payload, context: Context): ReturnType<typeof stampOf> {
  return { ...stampOf(line, payload, context), id: idWithoutTag(line, payload, context) }
}

const SILENT = new Map([
  ['ROOMSTATE', 'a ROOMSTATE line holds the settings of the room, nothing to show.'],
  ['USERSTATE', 'a USERSTATE line is about the reading connection, nothing to show.'],
  ['GLOBALUSERSTATE', 'a GLOBALUSERSTATE line is about the reading connection, nothing to show.'],
  ['WHISPER', 'a WHISPER is private and never shown.'],
  ['HOSTTARGET', 'a HOSTTARGET line holds no chat.'],
])
const SESSION = new Set([
  'PING',
  'PONG',
  'CAP',
  'PASS',
  'NICK',
  'USER',
  'JOIN',
  'PART',
  'QUIT',
  'MODE',
  'RECONNECT',
  'ERROR',
])

function silent(command: string): string | undefined {
  if (SESSION.has(command) || /^\d/.test(command)) return `a ${command} line holds no chat.`
  return SILENT.get(command)
}

/** A command that Twitch has added since: told, not swallowed, when it is about a channel. Its text may be private, so it is not shown. */
function newKind(line: IrcLine, payload: Payload, context: Context): Draft | string {
  if (!line.params[0]?.startsWith('#')) return `the command ${line.command} is not known and names no channel.`
  const said = clean(line.tags.get('system-msg') ?? '').trim()
  const text = said || `Twitch sent a line of a kind that is new here: ${line.command}.`
  return { ...stampOf(line, payload, context), kind: 'notice', what: 'other', text }
}
