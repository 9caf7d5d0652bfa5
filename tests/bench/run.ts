import type { Bench, FromBench, Report } from './report.ts'

/** The child process of one bench: `node run.js NAME`, started by `scripts/bench.ts`, which hears it over IPC. */

const say = (word: FromBench): void => {
  if (process.send) process.send(word)
  else console.log(JSON.stringify(word))
}

const report: Report = {
  row: (row) => say({ type: 'row', row }),
  note: (sentence) => say({ type: 'note', sentence }),
}

const bench: Bench = await import(`./${process.argv[2]}.bench.js`)
say({ type: 'goal', goal: bench.goal })
await bench.run(report)
// A pending Atomics.waitAsync or an idle socket must not keep a finished bench alive.
process.disconnect?.()
setImmediate(() => process.exit(0))
