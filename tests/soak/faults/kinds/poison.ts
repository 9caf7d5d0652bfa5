import { pick } from '../../../../workers/random.ts'
import { ircLine } from '../../../help/panel.ts'
import type { Kind } from '../kind.ts'
import { POISON } from '../scene.ts'

export const poison: Kind = {
  name: 'a payload ends the worker',
  row: 'F1',
  weight: 1,
  async inject(scene) {
    const [first, ...others] = scene.rooms
    if (first === undefined) throw new Error('The scene has no channel.')
    const { panel } = pick(scene.random, [first, ...others])
    const hitAt = performance.now()
    const headers = { 'Content-Type': 'text/plain' }
    const { status } = await panel.call('POST', '/api/producers/twitch', ircLine('poison', POISON), headers)
    if (status < 400) scene.find(`a payload that ends the worker was answered with ${status}`)
    return hitAt
  },
}
