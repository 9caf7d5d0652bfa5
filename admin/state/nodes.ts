import type { NodesView, NodeView } from '../../server/api.ts'
import { number, t, told } from '../language/words.ts'
import type { Health } from './health.ts'
import { bytes, figure, millis } from './units.ts'

type Figure = Pick<Health, 'label' | 'value' | 'tone'>

/** An answer that takes longer is felt, ms. */
const SLOW_ANSWER_MS = 100

/** How a server is, in a word. */
export function conditionOf({ silent, unready }: Pick<NodeView, 'silent' | 'unready'>): Pick<Health, 'value' | 'tone'> {
  if (silent) return { value: t('Silent'), tone: 'err' }
  return unready.length === 0
    ? { value: t('Running'), tone: 'ok' }
    : { value: unready.map(told).join(', '), tone: 'warn' }
}

export function sumsOf({
  channels,
  sockets,
  eventsPerSecond,
  cpu,
  memory,
}: Omit<NodesView['whole'], 'nodes'>): Figure[] {
  return [
    plain(t('Channels|that a server runs'), number(channels)),
    plain(t('Connections'), number(sockets)),
    plain(t('Messages a second'), figure(eventsPerSecond)),
    plain(t('Cores in use'), figure(cpu)),
    plain(t('Memory'), bytes(memory)),
  ]
}

export function figuresOf(node: NodeView): Figure[] {
  return [...sumsOf(node), answer('Redis', node.redis), answer(t('Database'), node.database)]
}

function answer(label: string, reached: NodeView['redis']): Figure {
  if (reached === null) return plain(label, '–')
  const { answered } = reached
  if (answered === null) return { label, value: t('Does not answer'), tone: 'err' }
  return { label, value: millis(answered), tone: answered > SLOW_ANSWER_MS ? 'warn' : 'ok' }
}

const plain = (label: string, value: string): Figure => ({ label, value, tone: 'plain' })
