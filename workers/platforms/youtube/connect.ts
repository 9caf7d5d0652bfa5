import type { Connector, Ground } from '../platform.ts'
import { Follower } from './follower.ts'
import { type Load, loadPackage } from './innertube-door.ts'
import { Quotas } from './quota.ts'
import { turns } from './turns.ts'

/** What connects: with an API key officially, without one as the web page does. `load` brings the package that the latter needs. */
export function connector(ground: Ground, load: Load = loadPackage): Connector {
  const quotas = new Quotas(ground)
  const pace = turns(ground)
  return {
    follow(order, ears) {
      const follower = new Follower({ order, ears, ground, turns: pace, quotas, load })
      void follower.run()
      return follower
    },
    close: () => pace.stop(),
  }
}
