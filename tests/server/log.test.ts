import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createLog } from '../../server/log.ts'

const test = suite('log')

function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = []
  write(createLog('trace', { write: (line) => lines.push(line) }))
  return lines.join('')
}

test('strikes out secrets wherever they stand by name', () => {
  const text = written((log) => {
    log.info({
      password: 'planted',
      user: { password: 'planted', token: 'planted', secret: 'planted', key: 'planted' },
    })
    log.info({ source: { options: { apiKey: 'planted' }, secrets: { apiKey: 'planted' }, hook: 'planted' } })
    log.info({ req: { headers: { cookie: 'planted', authorization: 'planted' } } })
    log.info({ res: { headers: { 'set-cookie': 'planted' } }, headers: { cookie: 'planted' } })
  })
  assert.not.match(text, /planted/)
  assert.match(text, /\[secret\]/)
})

test('takes of an error what helps, and nothing that a library hung on it', () => {
  const error = Object.assign(new Error('broken'), { body: 'planted', response: { token: 'planted' }, code: 'EBROKEN' })
  const text = written((log) => log.error({ err: new Error('outer', { cause: error }) }, 'failed'))
  assert.not.match(text, /planted/)
  const { err } = JSON.parse(text)
  assert.is(err.message, 'outer')
  assert.equal([err.cause.message, err.cause.code], ['broken', 'EBROKEN'])
  assert.match(err.stack, /log\.test/)
})

test('tells of an error that came from another thread as plain data', () => {
  const cause = { type: 'Error', message: 'no space left', code: 'ENOSPC', body: 'planted' }
  const text = written((log) => log.error({ err: { type: 'StorageError', message: 'not kept', cause } }, 'failed'))
  assert.not.match(text, /planted/)
  assert.equal(JSON.parse(text).err, {
    type: 'StorageError',
    message: 'not kept',
    cause: { type: 'Error', message: 'no space left', code: 'ENOSPC' },
  })
})

test('keeps one entry on one line, whatever is in it', () => {
  const text = written((log) => log.info({ name: 'a\r\n{"level":"fatal"}\u001b[2J' }, 'x\ny'))
  assert.is(text.trimEnd().split('\n').length, 1)
  assert.is(JSON.parse(text).msg, 'x\ny')
})

test('does not fall over what is no error', () => {
  const text = written((log) => log.error({ err: null }, 'odd'))
  assert.is(JSON.parse(text).level, 'error')
})

test.run()
