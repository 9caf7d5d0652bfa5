import type { ProducedView, RunView } from '../../server/api.ts'
import type { About } from '../../server/protocol.ts'
import type { Call } from './call.ts'

/** Invented messages. */

export type Kind = About['samples'][number]
export interface Sample {
  platform: string
  kind: Kind
  name: string
  text: string
  color?: string
  roles?: string[]
  amount?: number
}
export interface RunAsk {
  scenario?: string
  count: number
  perSecond: number
  seed?: number
  /** Platform → its parts of all. */
  mix?: Record<string, number>
}
export const simulatorCalls = (call: Call) => ({
  sendSample: (body: Sample) => call<Partial<ProducedView>>('POST', '/api/simulator/messages', body),
  startRun: (body: RunAsk) => call<RunView>('POST', '/api/simulator/runs', body),
  run: (id: string) => call<RunView>('GET', `/api/simulator/runs/${id}`),
  stopRun: (id: string) => call<void>('DELETE', `/api/simulator/runs/${id}`),
})
