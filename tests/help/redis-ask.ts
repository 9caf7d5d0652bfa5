import { createLog } from '../../server/log.ts'
import { Link } from '../../server/redis/link.ts'

/** Asks the Redis of this address once, in a process of its own: `node --import tsx redis-ask.ts ADDRESS`. */
const link = new Link({ url: process.argv[2] ?? '', log: createLog('silent'), name: 'asks' })
link.onReady = async () => {
  process.stdout.write(String(await link.ask(['PING'])))
  link.close()
}
link.begin()
