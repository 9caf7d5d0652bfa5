import { MemoryBus, MemoryStreams } from '../../../server/bus/memory.ts'
import { contract } from './contract.ts'

contract('memory', async () => {
  const streams = new MemoryStreams()
  return {
    node: async () => new MemoryBus(streams),
    grant: async (channelId, fence) => streams.grant(channelId, fence),
    discard: async () => {},
  }
})
