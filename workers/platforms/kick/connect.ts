import { Pace } from '../../backoff.ts'
import type { Connector, Ears, Following, Ground } from '../platform.ts'
import { Follower } from './follower.ts'

/** All sources together open at most so many connections in that time. */
const OPENINGS = 10
const OPENINGS_WITHIN_MS = 1_000

/** Kick delivers by webhook; its unofficial socket is read where a person wants it. */
export function connector(ground: Ground): Connector {
  const pace = new Pace(OPENINGS, ground.ms(OPENINGS_WITHIN_MS))
  return {
    follow: (order, ears) => (order.options.socket === 'yes' ? new Follower(order, ears, ground, pace) : awaited(ears)),
    close: () => pace.stop(),
  }
}

/** Nothing is connected: the first delivery shows that they arrive. Whether one was lost on the way, nobody can tell. */
function awaited(ears: Ears): Following {
  let arrived = false
  ears.waiting('Waiting for signed deliveries: Kick sends them once your app there has the webhook address.', {
    filled: true,
  })
  return {
    stop() {},
    retry() {},
    delivered() {
      if (!arrived) ears.live({ filled: true, way: 'signed deliveries' })
      arrived = true
    },
  }
}
