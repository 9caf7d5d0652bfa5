import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

// Runs one test file: `node scripts/run-test.mjs FILE [FOLDER]`, from the folder that strip.ts has filled. Its threads run what was built and
// need no loader; with `--import tsx` each of them would load one all the same, which takes longer than most tests.
const [, , file = '', folder] = process.argv
if (folder === undefined) {
  const tsx = await import('tsx/esm/api')
  tsx.register()
  await import(pathToFileURL(file).href)
} else {
  process.setSourceMapsEnabled(true)
  await import(pathToFileURL(resolve(folder, file.replace(/\.ts$/, '.mjs'))).href)
}
