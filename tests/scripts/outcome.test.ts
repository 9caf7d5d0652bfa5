import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runNode } from '../../scripts/child.ts'
import { countsOf, toldBy, verdictOf } from '../../scripts/outcome.ts'

const outcome = suite('outcome')

/** Runs these lines as a test file with a real suite `s`. */
const run = (...lines: string[]) =>
  runNode(['--input-type=module', '-e', ["import { suite } from 'uvu'", "const s = suite('s')", ...lines].join('\n')], {
    env: { FORCE_COLOR: '0' },
  })

outcome('counts what passed and what was skipped', async () => {
  const ended = await run("s('a', () => {})", "s('b', () => {})", "s.skip('c', () => {})", 's.run()')
  assert.equal(countsOf(ended), { passed: 2, failed: 0, skipped: 1 })
  assert.is(verdictOf(ended), '')
})

outcome('picks out what a file tells although it passed', async () => {
  const ended = await run("s('a', () => console.log('» 3 states'))", "s('b', () => console.log('noise'))", 's.run()')
  assert.equal(toldBy(ended), ['3 states'])
})

outcome('counts every failed test', async () => {
  const ended = await run("s('a', () => {})", "s('b', () => { throw new Error('no') })", 's.run()')
  assert.equal(countsOf(ended), { passed: 1, failed: 1, skipped: 0 })
})

outcome('fails a file that forgets to run its suite', async () => {
  const ended = await run("s('a', () => {})")
  assert.is(ended.code, 0)
  assert.equal(countsOf(ended), { passed: 0, failed: 1, skipped: 0 })
  assert.match(verdictOf(ended), '.run()')
})

outcome('passes a file that has nothing to run here and says so', async () => {
  const ended = await run("console.log('skipped: no recorded payloads')", 's.run()')
  assert.equal(countsOf(ended), { passed: 0, failed: 0, skipped: 1 })
})

outcome('fails a file that breaks before its first test', async () => {
  const ended = await run("throw new Error('no')")
  assert.equal(countsOf(ended), { passed: 0, failed: 1, skipped: 0 })
})

outcome('fails a file that ends badly though all its tests passed', async () => {
  const ended = await run("s('a', () => {})", 's.run()', "process.on('exit', () => { process.exitCode = 3 })")
  assert.equal(countsOf(ended), { passed: 1, failed: 1, skipped: 0 })
  assert.match(verdictOf(ended), 'code 3')
})

outcome.run()
