import { again } from '../../help/again.ts'

/** What a server counts, as `/metrics` tells it. */
export function metricsOf(base: string): Promise<string> {
  return again(async () => (await fetch(`${base}/metrics`)).text())
}
