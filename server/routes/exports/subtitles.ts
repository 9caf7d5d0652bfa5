import { type Format, type FormatOptions, lineOf, type Subject, type Writer, wasTakenOff } from './format.ts'
import { escapeHtml } from './html.ts'
import { said } from './txt.ts'

/** How long one message is shown. */
const SHOWN_MS = 5_000

/** Subtitles for the recording of a stream: what was on air, at the time since the stream's start. */
export const srt: Format = {
  type: 'application/x-subrip; charset=utf-8',
  ending: 'srt',
  open: (stream, options) => {
    let number = 0
    return cues('', stream, options, (from, to, text) => {
      number += 1
      return `${number}\n${time(from, ',')} --> ${time(to, ',')}\n${withoutTags(text)}\n\n`
    })
  },
}

export const vtt: Format = {
  type: 'text/vtt; charset=utf-8',
  ending: 'vtt',
  open: (stream, options) =>
    cues(
      'WEBVTT\n\n',
      stream,
      options,
      (from, to, text) => `${time(from, '.')} --> ${time(to, '.')}\n${escapeHtml(text)}\n\n`,
    ),
}

type Cue = (from: number, to: number, text: string) => string

function cues(head: string, stream: Subject, { offset }: FormatOptions, cue: Cue): Writer {
  return {
    head: () => head,
    row: (entry) => {
      const line = wasTakenOff(entry) || entry.kind === 'gap' ? null : lineOf(entry)
      if (line === null) return ''
      // What was held came on air when it was released.
      const at = entry.kind !== 'gap' && entry.releasedAt !== undefined ? entry.releasedAt : line.at
      const from = at - stream.startedAt + offset
      // With a negative offset the first messages lie before the recording.
      return from < 0 ? '' : cue(from, from + SHOWN_MS, said(line))
    },
    tail: () => '',
  }
}

/** `01:02:03,004`; beyond 99 hours the hours grow. */
function time(ms: number, point: ',' | '.'): string {
  const pad = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0')
  const whole = Math.floor(ms)
  const seconds = pad((whole / 1_000) % 60, 2)
  return `${pad(whole / 3_600_000, 2)}:${pad((whole / 60_000) % 60, 2)}:${seconds}${point}${pad(whole % 1_000, 3)}`
}

/** SRT has tags, players know `{\\…}` besides, and there is no way to escape them. */
function withoutTags(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›').replaceAll('{\\', '{ \\')
}
