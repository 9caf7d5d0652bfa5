import { startServer } from '../../../help/server.ts'
import type { Kind } from '../kind.ts'

export const secondProcess: Kind = {
  name: 'a second process on the folder',
  row: 'F23',
  weight: 1,
  async inject(scene) {
    const said = await startServer({ dataDir: scene.server.dataDir }).then(
      async (second) => {
        await second.end('SIGKILL')
        return 'it started'
      },
      (error: Error) => error.message,
    )
    if (!said.includes(`is in use by the process ${scene.server.child.pid}`)) scene.find(`a second process: ${said}`)
    return performance.now()
  },
}
