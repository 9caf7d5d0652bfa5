/** Names of any length and script, cut between what a reader sees as letters. */

export const MAX_NAME_GRAPHEMES = 24
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

export function shortName(name: string, max: number = MAX_NAME_GRAPHEMES): string {
  if (name.length <= max) return name
  let [taken, end] = [0, 0]
  for (const { index, segment } of segmenter.segment(name)) {
    taken += 1
    if (taken < max) end = index + segment.length
    if (taken > max) return `${name.slice(0, end).trimEnd()}…`
  }
  return name
}
