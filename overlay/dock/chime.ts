import type { ServerFrame } from '../../server/protocol.ts'
import type { DockState } from './state.ts'

/** Two soft tones for somebody who writes for the first time. Made here, so that nothing is loaded for it. */

const TONES_HZ = [660, 880]
const TONE_S = 0.12
const LOUDNESS = 0.08

/** Whether a message among the words is somebody's first, and newer than what the dock has. A snapshot is old news. */
export function hasNewcomer({ place, awaits }: DockState, word: ServerFrame | { type: 'tick' }): boolean {
  if (word.type !== 'events' || place === null || awaits) return false
  return word.events.some(
    (event) => event.kind === 'message' && event.first === true && event.hidden === undefined && event.seq > place.seq,
  )
}

let context: AudioContext | null = null

/** Silent where the browser lets no page sound before it was pressed; OBS lets it. */
export function chime(): void {
  context ??= new AudioContext()
  void context.resume()
  for (const [nth, pitch] of TONES_HZ.entries()) play(context, pitch, context.currentTime + nth * TONE_S)
}

function play(place: AudioContext, frequency: number, from: number): void {
  const tone = new OscillatorNode(place, { frequency })
  const gain = new GainNode(place, { gain: LOUDNESS })
  gain.gain.setTargetAtTime(0, from + TONE_S / 2, TONE_S / 4)
  tone.connect(gain).connect(place.destination)
  tone.start(from)
  tone.stop(from + 2 * TONE_S)
}
