/** Names of any length and script, cut between what a reader sees as letters. */

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export function shortened(text: string, max: number): string {
  if (text.length <= max) return text
  let [taken, end] = [0, 0]
  for (const { index, segment } of segmenter.segment(text)) {
    taken += 1
    if (taken < max) end = index + segment.length
    if (taken > max) return `${text.slice(0, end).trimEnd()}…`
  }
  return text
}
