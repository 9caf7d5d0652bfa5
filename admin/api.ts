import { accountCalls } from './api/accounts.ts'
import { caller, type Fetch } from './api/call.ts'
import { instanceCalls } from './api/instance.ts'
import { memberCalls } from './api/members.ts'
import { moderationCalls } from './api/moderation.ts'
import { overlayCalls } from './api/overlays.ts'
import { programCalls } from './api/programs.ts'
import { simulatorCalls } from './api/simulator.ts'
import { sourceCalls } from './api/sources.ts'
import { streamCalls } from './api/streams.ts'
import { transcriptCalls } from './api/transcripts.ts'

export type { Credentials } from './api/accounts.ts'
export { ApiError, asApiError } from './api/error.ts'
export * from './api/exports.ts'
export type { Person, Target, Trial } from './api/moderation.ts'
export { type PreviewAct, REPLAY_SPEEDS, type ReplaySpeed } from './api/overlays.ts'
export type { Kind, RunAsk, Sample } from './api/simulator.ts'
export type { StreamsAsk } from './api/streams.ts'
export type { TranscriptAsk } from './api/transcripts.ts'

/** The panel's calls. `signedOut` hears of every 401 on a call that needs an account; `channel` = the one to name, null = the own. */
export function createApi(fetch: Fetch, signedOut: () => void, channel: () => string | null = () => null) {
  const call = caller({ fetch, signedOut, channel })
  return {
    ...accountCalls(call),
    ...memberCalls(call),
    ...instanceCalls(call),
    ...sourceCalls(call),
    ...streamCalls(call),
    ...transcriptCalls(call),
    ...overlayCalls(call),
    ...simulatorCalls(call),
    ...moderationCalls(call),
    ...programCalls(call),
  }
}
export type Api = ReturnType<typeof createApi>
