import type { Kind } from '../kind.ts'

export const workerDeath: Kind = {
  name: 'the worker is terminated',
  row: 'F2',
  weight: 2,
  async inject({ server }) {
    server.child.kill('SIGUSR2')
    return performance.now()
  },
}
