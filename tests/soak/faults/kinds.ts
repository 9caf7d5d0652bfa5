import type { Kind } from './kind.ts'
import { burst } from './kinds/burst.ts'
import { diskFull } from './kinds/disk-full.ts'
import { herd } from './kinds/herd.ts'
import { kill } from './kinds/kill.ts'
import { poison } from './kinds/poison.ts'
import { pulledCable } from './kinds/pulled-cable.ts'
import { restart } from './kinds/restart.ts'
import { roughNetwork } from './kinds/rough-network.ts'
import { secondProcess } from './kinds/second-process.ts'
import { stop } from './kinds/stop.ts'
import { tornTail } from './kinds/torn-tail.ts'
import { workerDeath } from './kinds/worker-death.ts'

const ANYWHERE = [
  kill,
  restart,
  stop,
  workerDeath,
  poison,
  burst,
  herd(),
  roughNetwork,
  pulledCable,
  tornTail,
  secondProcess,
]

/** All kinds that this ground can bring about. */
export function kindsOn({ small }: { small: boolean }): readonly Kind[] {
  return small ? [...ANYWHERE, diskFull] : ANYWHERE
}

export function drawn(kinds: readonly Kind[], random: () => number): Kind {
  let left = random() * kinds.reduce((all, { weight }) => all + weight, 0)
  const kind = kinds.find(({ weight }) => {
    left -= weight
    return left < 0
  })
  const last = kind ?? kinds.at(-1)
  if (last === undefined) throw new RangeError('There is no kind of fault to draw from.')
  return last
}
