import { clock, type Format, lineOf, wasTakenOff } from './format.ts'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:50rem;padding:0 1rem}' +
  'time,small{color:#667}b{margin-inline-end:.3em}p{margin:.2em 0;overflow-wrap:anywhere}s{color:#667}'

/** A page of text without script, that shows the same anywhere. */
export const html: Format = {
  type: 'text/html; charset=utf-8',
  ending: 'html',
  open: (stream) => ({
    head: () => {
      const title = escapeHtml(stream.title === '' ? `Chat of ${clock(stream.startedAt)}` : stream.title)
      return `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body><h1>${title}</h1>\n`
    },
    row: (entry) => {
      const line = lineOf(entry)
      if (line === null) return ''
      const words = wasTakenOff(entry) ? `<s>${bdi(line.text)}</s>` : bdi(line.text)
      const name = line.name === '' ? '' : `<b>${bdi(line.name)}</b>`
      return `<p><time>${clock(line.at)}</time> <small>${escapeHtml(line.platform)}</small> ${name}${words}</p>\n`
    },
    tail: () => '</body></html>\n',
  }),
}

/** Text that cannot turn the direction of what follows it. */
function bdi(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter)
}
