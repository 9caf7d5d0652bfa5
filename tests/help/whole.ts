import { seeded } from '../../workers/random.ts'

/** `npm run soak -- disk` brings about every fault; `npm test` a sample of them, chosen by this seed. */
export const WHOLE = process.env.CROSSCHAT_WHOLE === '1'
export const SEED = Number(process.env.CROSSCHAT_SEED ?? 20_26)

const random = seeded(SEED)

export function below(limit: number): number {
  return Math.floor(random() * limit)
}

/** All numbers from `from` to before `to`, or so many of them, evenly spread, the first and the last among them. */
export function sampled(from: number, to: number, some: number): number[] {
  const count = WHOLE ? to - from : Math.min(some, to - from)
  const last = to - from - 1
  return Array.from({ length: count }, (_, nth) => from + Math.round((nth * last) / Math.max(1, count - 1)))
}
