import type { SourceView } from '../../server/protocol.ts'

/**
 * The answer to a change may overtake the socket: what that says next was on its way already, or comes from another server, which hears of
 * the change up to half a second later.
 */
export type Overtaken = Readonly<Record<string, { was: string; left: number }>>

/** So often the socket may say once more what was before; a word of it comes twice a second at most. */
const MOST_LATE_WORDS = 3

/** With what was changed by an answer. */
export function overtakenBy(fresh: SourceView, known: readonly SourceView[] | null, before: Overtaken): Overtaken {
  const was = known?.find(({ platform }) => platform === fresh.platform)
  if (was === undefined || setOf(was) === setOf(fresh)) return before
  return { ...before, [fresh.platform]: { was: setOf(was), left: MOST_LATE_WORDS } }
}

/** What counts of a word of the socket: where it is late, what is known stays. */
export function caughtUp(
  said: readonly SourceView[],
  known: readonly SourceView[] | null,
  before: Overtaken,
): { sources: readonly SourceView[]; overtaken: Overtaken } {
  const overtaken = { ...before }
  const sources = said.map((view) => {
    const { platform } = view
    const late = overtaken[platform]
    delete overtaken[platform]
    if (late === undefined || late.left === 0 || setOf(view) !== late.was) return view
    overtaken[platform] = { ...late, left: late.left - 1 }
    return known?.find((each) => each.platform === platform) ?? view
  })
  return { sources, overtaken }
}

/** What is decided by people, not how it is. */
function setOf({ channel, enabled, autoStream, options }: SourceView): string {
  return JSON.stringify([channel, enabled, autoStream, options])
}
