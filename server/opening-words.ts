/** Columns of a box that are not its text. */
const FRAME = 6

export interface Opening {
  /** What people open. */
  url: string
  /** Said behind it; null = nothing. */
  note: string | null
}

/**
 * What the command line says once it listens. In a terminal (`columns` wide) it is framed, so that nobody overlooks it among log
 * lines; where that would break the address, and for whoever reads it through a pipe (null), it is one plain line.
 */
export function openingWords({ url, note }: Opening, columns: number | null): string {
  const lines = note === null ? [`Open ${url}`] : [`Open ${url}`, note]
  const width = Math.max(...lines.map((line) => line.length))
  if (columns === null || width + FRAME > columns) {
    return note === null ? `Open ${url}\n` : `Open ${url}  (${note})\n`
  }
  const bar = '─'.repeat(width + FRAME - 2)
  const rows = lines.map((line) => `│  ${line.padEnd(width)}  │`)
  return [`╭${bar}╮`, ...rows, `╰${bar}╯`, ''].join('\n')
}
