import { takeLock } from '../../../../server/stores/nedb/lock.ts'

/** Takes the folder named on the command line, says how that went, and stays until it is killed. */
const said = await takeLock(process.argv[2] ?? '').then(
  () => 'held',
  (error: Error) => error.message,
)
process.stdout.write(`${said}\n`)
setInterval(() => undefined, 60_000)
