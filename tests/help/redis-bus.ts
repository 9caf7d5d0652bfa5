import { RedisBus } from '../../server/bus/redis/index.ts'
import { createLog } from '../../server/log.ts'
import { Link } from '../../server/redis/link.ts'
import { StreamReader } from '../../server/redis/stream-reader.ts'

const log = createLog(process.env.CROSSCHAT_LOG ?? 'silent')

/** A connection that stands. */
export async function linked(url: string, name: string): Promise<Link> {
  const link = new Link({ url, log, name })
  await new Promise<void>((resolve) => {
    link.onReady = resolve
    link.begin()
  })
  return link
}

/** A node's bus, connected; `readUrl`: another way for what it reads. */
export async function busOf(url: string, node: string, lookEveryMs = 10_000, readUrl = url): Promise<RedisBus> {
  const link = await linked(url, node)
  const reading = new Link({ url: readUrl, log, name: `${node}-reads` })
  const reader = new StreamReader({ reading, asking: link, node, log })
  reading.begin()
  const bus = new RedisBus({ link, reader, node, log, lookEveryMs })
  await bus.hear()
  link.onReady = () => bus.tryAgain()
  return bus
}
