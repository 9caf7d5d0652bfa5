/** What the processes of the neighbour bench say to each other. */

/** What a tenant may do too much of. */
export const FLOODS = ['push', 'signIn', 'exports', 'searches', 'reads', 'changes', 'pages'] as const
export type Flood = (typeof FLOODS)[number]

/** To the process that floods: these all at once; none = stop, and say what came of it. */
export interface Go {
  floods: readonly Flood[]
}
/** From it. `answers`: how often each status was the answer, by flood; a page that was let in is 101. */
export type FromFlooder =
  | { type: 'ready' }
  | { type: 'done'; answers: Partial<Record<Flood, Record<string, number>>>; cpu: number }

/** To the neighbour: write for so long. */
export interface Write {
  forMs: number
}
/** From it: ms from the call that hands a message over to the frame that shows it, and to the call's answer. `cpu`: of its process, %. */
export type FromNeighbour =
  | { type: 'ready' }
  | { type: 'seen'; shown: number[]; answered: number[]; missing: number; cpu: number }

/** Who somebody is, as an argument of a process. */
export interface Who {
  base: string
  cookie: string
  key: string
}
