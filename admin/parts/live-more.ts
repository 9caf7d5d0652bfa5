export type LiveMore = typeof import('../live/index.ts')

/** What Live shows beside its feed, and over it when that is asked for. */
export const liveMore = (): Promise<LiveMore> => import('../live/index.ts')
