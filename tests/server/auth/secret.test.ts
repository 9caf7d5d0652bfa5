import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openSecretFile, openSecrets } from '../../../server/auth/secret.ts'

const test = suite<{ dir: string }>('auth/secret')
test.before.each(async (context) => {
  context.dir = await mkdtemp(join(tmpdir(), 'crosschat-secret-'))
})
test.after.each(async ({ dir }) => rm(dir, { recursive: true, force: true }))

test('makes a secret that only its owner can read, and keeps it', async ({ dir }) => {
  const data = join(dir, 'new', 'data')
  const secret = await openSecretFile(data)
  assert.ok(secret.length >= 32)
  assert.is((await stat(join(data, 'secret'))).mode & 0o777, 0o600)
  assert.is((await stat(data)).mode & 0o777, 0o700)
  assert.equal(await openSecretFile(data), secret)
})

test('gives the same one to all who start at once, and leaves nothing lying about', async ({ dir }) => {
  const all = await Promise.all(Array.from({ length: 20 }, () => openSecretFile(dir)))
  assert.is(new Set(all.map((secret) => Buffer.from(secret).toString('hex'))).size, 1)
  assert.equal(await readdir(dir), ['secret'])
})

test('refuses a file that was cut short, and leaves it alone', async ({ dir }) => {
  await writeFile(join(dir, 'secret'), 'short')
  await openSecretFile(dir).then(
    () => assert.unreachable(),
    (error) => assert.match(error.message, /less than 32 bytes/),
  )
  assert.is(await readFile(join(dir, 'secret'), 'utf8'), 'short')
})

test('closes a file that others could read', async ({ dir }) => {
  await writeFile(join(dir, 'secret'), 'x'.repeat(40), { mode: 0o644 })
  await openSecretFile(dir)
  assert.is((await stat(join(dir, 'secret'))).mode & 0o777, 0o600)
})

test('takes the given ones and touches no disk', async ({ dir }) => {
  const given = await openSecrets(['a'.repeat(32), 'b'.repeat(32)], dir)
  assert.equal(
    given.map((secret) => Buffer.from(secret).toString()),
    ['a'.repeat(32), 'b'.repeat(32)],
  )
  assert.equal(await readdir(dir), [])
})

test.run()
