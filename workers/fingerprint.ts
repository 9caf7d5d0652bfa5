/**
 * A 53-bit fingerprint of a string, as a number: two FNV-like lanes with a final mix. It stands for an id in the record
 * head and in the memory of what was seen; 10,000 ids of one channel meet a false match once in 10^11 events. Never 0.
 */
export function fingerprint(text: string): number {
  let low = 0x811c9dc5
  let high = 0x9e3779b9
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x85ebca6b)
    high = (high << 13) | (high >>> 19)
  }
  low = mix(low ^ (high >>> 7))
  high = mix(high ^ low)
  return (high >>> 11) * 0x1_0000_0000 + (low >>> 0) + 1
}

/** Fingerprint of a person on a platform. */
export function authorMark(platform: string, authorId: string): number {
  return fingerprint(`${platform}\n${authorId}`)
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
