import type { Finding, History } from './history.ts'
import { judgeOrder } from './order-checker.ts'
import { judgePage } from './page-checker.ts'
import { Places } from './places.ts'
import { judgeQueue } from './queue-checker.ts'
import { judgeTranscripts } from './transcript-checker.ts'

/** Judges one history: what was sent, the one order of the channel, what each page showed, what the transcripts hold, what waits. */
export function judge(history: History): Finding[] {
  const places = new Places(history)
  return [
    ...judgeOrder(history, places),
    ...history.pages.flatMap((page) => judgePage(history, page, places)),
    ...judgeTranscripts(history, places),
    ...judgeQueue(history),
  ]
}
