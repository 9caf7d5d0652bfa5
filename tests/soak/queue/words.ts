import type { Figures } from './figures.ts'

/** What the running process tells its parent. */
export type FromRun = { type: 'begin'; seed: number } | { type: 'end'; seed: number; figures: Figures }

/** What it hears: to end after the seed in hand. */
export interface ToRun {
  type: 'enough'
}

/** What it is to run: these seeds; or from one seed on, or one seed again and again, until it has been enough. */
export type Order = { seeds: number[] } | { from: number } | { replay: number }
