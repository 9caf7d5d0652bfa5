import type { Kind } from '../kind.ts'

export const kill: Kind = {
  name: 'kill -9',
  row: 'F6',
  weight: 3,
  inject: async (scene) => (await scene.restart('SIGKILL')).hitAt,
}
