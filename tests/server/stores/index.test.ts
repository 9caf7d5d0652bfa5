import { readdir } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLog } from '../../../server/log.ts'
import { openStores } from '../../../server/stores/index.ts'
import { inFolder } from '../../workers/keeping/folder.ts'

const register = suite('stores: register')
const log = createLog('silent')

for (const driver of ['mongo', '', '__proto__', 'toString']) {
  register(`refuses the unknown driver "${driver}", names the known ones, and touches nothing`, () =>
    inFolder(async (dataDir) => {
      const refusal = await openStores({ driver, dataDir, log }).catch((error: unknown) => error)
      assert.instance(refusal, Error)
      assert.is(
        refusal instanceof Error && refusal.message,
        `There is no store driver "${driver}". Known: embedded, postgres.`,
      )
      assert.equal(await readdir(dataDir), [])
    }),
  )
}

register.run()
