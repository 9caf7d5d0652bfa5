import type { RunningServer } from '../../help/server.ts'
import type { Node } from './node.ts'

const TAKEN = 'a channel has its home here'

/** One node's time as a channel's home, as its log says. */
export interface Tenure {
  node: Node
  channel: string
  fence: number
  epoch: string
  /** The last number before it. */
  seq: number
  /** ms since 1970 */
  at: number
}

/** Who has run which channel, and from which number on: read from what the nodes say. */
export class Tenures {
  readonly #nodes: readonly Node[]
  readonly #read = new Map<RunningServer, number>()
  readonly #byChannel = new Map<string, Tenure[]>()

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes
  }

  /** By their fencing numbers. */
  of(channel: string): readonly Tenure[] {
    for (const node of this.#nodes) for (const server of node.servers) this.#readOn(node, server)
    return this.#byChannel.get(channel) ?? []
  }

  #readOn(node: Node, server: RunningServer): void {
    const from = this.#read.get(server) ?? 0
    const said = server.output()
    const end = said.lastIndexOf('\n') + 1
    if (end <= from) return
    this.#read.set(server, end)
    for (const line of said.slice(from, end).split('\n')) if (line.includes(TAKEN)) this.#add(node, line)
  }

  #add(node: Node, line: string): void {
    const { channel, fence, epoch, seq, time } = JSON.parse(line) as Omit<Tenure, 'at'> & { time: string }
    const tenures = this.#byChannel.get(channel) ?? []
    this.#byChannel.set(channel, tenures)
    tenures.push({ node, channel, fence, epoch, seq, at: Date.parse(time) })
    tenures.sort((one, other) => one.fence - other.fence)
  }
}
