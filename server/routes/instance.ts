import type { InstanceView } from '../api.ts'
import type { House } from '../house.ts'
import { VERSION } from '../version.ts'
import { type Route, route } from './route.ts'

/** The instance as a whole, for its owner. */
export function instance({ stores }: House): Route[] {
  return [
    route(
      { method: 'GET', path: '/api/instance', who: 'owner', does: 'Says how the instance is.' },
      async (): Promise<InstanceView> => {
        const { rss, heapUsed, external } = process.memoryUsage()
        const [accounts, live] = await Promise.all([stores.accounts.count(), stores.streams.live()])
        const uptime = Math.floor(process.uptime())
        return { version: VERSION, uptime, memory: { rss, heapUsed, external }, accounts, liveStreams: live.length }
      },
    ),
  ]
}
