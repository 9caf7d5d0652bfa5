import type { Kind } from '../kind.ts'

export const restart: Kind = {
  name: 'SIGTERM',
  row: 'F21',
  weight: 2,
  inject: async (scene) => (await scene.restart('SIGTERM')).hitAt,
}
