import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'

// Runs one test file. Its threads run what was built and need no loader; with `--import tsx` each of them would load one all the same, which
// takes longer than most tests.
register()
await import(pathToFileURL(process.argv[2]).href)
