import type { CLOSE, Hello, ServerFrame } from '../server/protocol.ts'
import { perform } from './demo-acts.ts'
import type { DemoEnds, Show } from './show.ts'

/**
 * The page in an editor: the draft's settings come in the same frame as on air, and what the editor asks of the invented
 * chat beside them. The page is of no origin, so that a socket is the one way in.
 */

const RETRY_MS = 1_000
/** Written out, so that the list does not become a file of its own that every overlay waits for. */
const ENDS: readonly number[] = [4001, 4002] satisfies [typeof CLOSE.badKey, typeof CLOSE.withdrawn]

export function followEditor(ends: DemoEnds, show: Show): void {
  const { protocol, host } = location
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws/preview`)
  const hello: Hello = { type: 'hello', key: ends.key }
  let welcomed = false
  socket.onopen = () => socket.send(JSON.stringify(hello))
  socket.onmessage = ({ data }) => {
    const frame: ServerFrame = JSON.parse(data)
    if (frame.type === 'demo') perform(frame.act, show)
    else if (frame.type === 'events') show.pass(frame.events)
    if (frame.type !== 'settings') return
    show.dress(frame)
    if (!welcomed) begin(ends, show)
    welcomed = true
  }
  socket.onclose = ({ code }) => {
    show.halt()
    ends.connected('retry', `closed ${code}`)
    if (!ENDS.includes(code)) setTimeout(() => followEditor(ends, show), RETRY_MS)
  }
}

function begin({ still, connected }: DemoEnds, show: Show): void {
  connected('live', 'preview')
  if (!still && show.playing) show.play()
}
