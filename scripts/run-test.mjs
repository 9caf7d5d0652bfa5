import { register } from 'node:module'
import { pathToFileURL } from 'node:url'

// Runs one test file: `node scripts/run-test.mjs FILE [FOLDER]`, with what strip.ts has put into the folder. Its threads run what was built and
// need no loader; with `--import tsx` each of them would load one all the same, which takes longer than most tests.
const [, , file = '', folder] = process.argv
if (folder === undefined) {
  const tsx = await import('tsx/esm/api')
  tsx.register()
} else {
  process.setSourceMapsEnabled(true)
  register('./stripped-hooks.mjs', import.meta.url, { data: { root: new URL('../', import.meta.url).href, folder } })
}
await import(pathToFileURL(file).href)
