import { clock, type Format, type Line, lineOf, wasTakenOff } from './format.ts'

/** `[time] name: words`, as one would read it aloud. */
export const txt: Format = {
  type: 'text/plain; charset=utf-8',
  ending: 'txt',
  open: () => ({
    head: () => '',
    row: (entry) => {
      const line = lineOf(entry)
      const mark = wasTakenOff(entry) ? ' (taken off the air)' : ''
      return line === null ? '' : `[${clock(line.at)}] ${said(line)}${mark}\n`
    },
    tail: () => '',
  }),
}

/** Who said what, in one line. */
export function said({ name, text, action }: Line): string {
  if (name === '') return `* ${text}`
  return action ? `* ${name} ${text}` : `${name}: ${text}`
}
