/**
 * One text frame, framed once for a whole channel: its text, and the same bytes behind a WebSocket head (RFC 6455, 5.2:
 * a final, unmasked text frame). Both are views of one buffer, so a socket gets a single write and nothing is copied.
 */
export interface Frame {
  text: Buffer
  wire: Buffer
}

const LONGEST_HEAD = 10
const FINAL_TEXT = 0x81
const SHORT = 125
const MEDIUM = 0xffff
const MEDIUM_MARK = 126
const LONG_MARK = 127

/** A frame whose text of so many bytes is still to be written. */
export function blankFrame(length: number): Frame {
  const buffer = Buffer.allocUnsafeSlow(LONGEST_HEAD + length)
  const head = headLength(length)
  const wire = buffer.subarray(LONGEST_HEAD - head)
  wire[0] = FINAL_TEXT
  if (head === 2) wire[1] = length
  else if (head === 4) {
    wire[1] = MEDIUM_MARK
    wire.writeUInt16BE(length, 2)
  } else {
    wire[1] = LONG_MARK
    wire.writeBigUInt64BE(BigInt(length), 2)
  }
  return { text: buffer.subarray(LONGEST_HEAD), wire }
}

export function frameOf(text: string): Frame {
  const frame = blankFrame(Buffer.byteLength(text))
  frame.text.write(text)
  return frame
}

function headLength(length: number): number {
  if (length <= SHORT) return 2
  return length <= MEDIUM ? 4 : LONGEST_HEAD
}
