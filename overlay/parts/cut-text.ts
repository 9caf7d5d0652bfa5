import type { Part } from '../words.ts'

/** As many letters of a message as are allowed, cut between what a reader sees as letters; an emote counts as one. */
export function cutText(parts: readonly Part[], max: number): readonly Part[] {
  const kept: Part[] = []
  let left = max
  for (const part of parts) {
    const letters = part.type === 'emote' ? [part.text] : lettersOf(part.text)
    if (letters.length > left) return [...kept, { type: 'text', text: `${lettersLeft(part, letters, left)}…` }]
    kept.push(part)
    left -= letters.length
  }
  return kept
}

const lettersLeft = (part: Part, letters: string[], left: number) =>
  part.type === 'emote' ? '' : letters.slice(0, left).join('').trimEnd()

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const lettersOf = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment)
