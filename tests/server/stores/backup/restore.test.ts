import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip, gunzipSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../../server/errors.ts'
import { restoreBackup } from '../../../../server/stores/backup/restore.ts'
import { inFolder } from '../../../workers/keeping/folder.ts'
import { data, head, type Made, made, manifest, stream, whole } from './made.ts'

const restore = suite('restoreBackup')
const FILES = [data('accounts.db'), data('secret', 'planted'), data('archive/one/0001.db'), data('marks/channel', '')]

const HEAP = Buffer.alloc(64 * 1_024, 'x')
const ENDLESS_BYTES = 512 * 1_024 * 1_024

/** The head of a file in a tar, saying another size. */
function resized(header: Buffer, size: string): Buffer {
  header.write(size, 124)
  return summed(header)
}

function typed(header: Buffer, type: string): Buffer {
  header.write(type, 156)
  return summed(header)
}

function summed(header: Buffer): Buffer {
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

async function refusal(folder: string, bytes: Buffer): Promise<CrossChatError> {
  const error: unknown = await restoreBackup({ dataDir: folder, replace: false }, stream(bytes)).then(
    () => new Error('It was restored.'),
    (error: unknown) => error,
  )
  if (error instanceof CrossChatError) return error
  throw error
}

restore('puts every file in its place, for this user alone', () =>
  inFolder(async (parent) => {
    const dataDir = join(parent, 'data')
    const { files, aside, head } = await restoreBackup({ dataDir, replace: false }, stream(await whole(FILES)))
    assert.equal([files, aside, head.crosschat], [FILES.length, null, '0.1.0'])
    assert.equal((await readdir(dataDir)).sort(), ['accounts.db', 'archive', 'marks', 'secret'])
    assert.is(await readFile(join(dataDir, 'secret'), 'utf8'), 'planted')
    assert.is((await stat(join(dataDir, 'archive', 'one', '0001.db'))).mode & 0o777, 0o600)
    assert.is((await stat(join(dataDir, 'archive', 'one'))).mode & 0o777, 0o700)
  }),
)

const HOSTILE: Record<string, Made[]> = {
  'a path that leads out': [data('../evil.db')],
  'a path that leads out from a folder of ours': [data('archive/../../evil.db')],
  'an absolute path': [{ name: '/tmp/evil.db', text: 'x' }],
  'an absolute path behind the prefix': [data('/tmp/evil.db')],
  'a path with a backslash': [data('archive\\..\\evil.db')],
  'a file beside the data': [{ name: 'evil.db', text: 'x' }],
  'a file that we do not keep': [data('.npmrc')],
  'sessions, which would sign people in': [data('sessions.db')],
  'a lock': [data('lock')],
  'a symbolic link': [{ name: 'data/secret', type: 'symlink', linkname: '/etc/passwd' }],
  'a hard link': [{ name: 'data/secret', type: 'link', linkname: 'data/accounts.db' }],
  'a folder': [{ name: 'data/archive', type: 'directory' }],
  'a device': [{ name: 'data/secret', type: 'character-device' }],
  'the same file twice': [data('secret', 'a'), data('secret', 'b')],
}

for (const [what, entries] of Object.entries(HOSTILE)) {
  restore(`refuses ${what}, and leaves nothing behind`, () =>
    inFolder(async (parent) => {
      const folder = join(parent, 'data')
      const error = await refusal(folder, await whole([data('accounts.db'), ...entries]))
      assert.is(error.code, 'bad_backup')
      assert.equal(await readdir(folder), [])
      assert.equal(await readdir(parent), ['data'])
    }),
  )
}

restore('refuses what is not as its manifest says', () =>
  inFolder(async (folder) => {
    const [first] = FILES
    const cases = {
      'a changed sum': [head(), ...FILES, manifest(FILES, { sha256: 'f'.repeat(64) })],
      'a changed size': [head(), ...FILES, manifest(FILES, { size: 1 })],
      'a file too many': [head(), ...FILES, data('keys.db'), manifest(FILES)],
      'a file too few': [head(), ...FILES.slice(1), manifest(FILES)],
      'a file listed twice in the place of another': [head(), ...FILES, manifest(FILES.map(() => first ?? data('x')))],
      'no manifest': [head(), ...FILES],
      'something behind the manifest': [head(), ...FILES, manifest(FILES), data('keys.db')],
      'a manifest that is none': [head(), ...FILES, { name: 'manifest.json', text: '{"files":7}' }],
      'no head': [...FILES, manifest(FILES)],
      'a head that is none': [{ name: 'crosschat-backup.json', text: 'null' }, ...FILES, manifest(FILES)],
    }
    for (const [what, entries] of Object.entries(cases)) {
      assert.is((await refusal(folder, await made(entries))).code, 'bad_backup', what)
      assert.equal(await readdir(folder), [], what)
    }
  }),
)

restore('refuses a form newer than its own with a sentence, whatever else that says', () =>
  inFolder(async (folder) => {
    const { code, message } = await refusal(folder, await made([head({ format: 2, at: 'soon' }), data('newer/form')]))
    assert.is(code, 'newer_backup')
    assert.match(message, /has the form 2.*reads up to 1\..*newer CrossChat/)
  }),
)

restore('refuses bytes that are no backup, end too early, or were changed on the way', () =>
  inFolder(async (folder) => {
    const good = await whole(FILES)
    const plain = gunzipSync(good)
    const flipped = Buffer.from(plain)
    flipped[plain.indexOf('planted')] = 0x50
    const cases = {
      nothing: Buffer.alloc(0),
      'no gzip': Buffer.from('PK a zip file, say'),
      'no tar': gzipSync(Buffer.alloc(2_000, 'x')),
      'zeros only': gzipSync(Buffer.alloc(4_096)),
      'half of it': good.subarray(0, good.length / 2),
      'all but the last byte': good.subarray(0, -1),
      'half of the tar, packed anew': gzipSync(plain.subarray(0, plain.length / 2)),
      'a flipped byte, packed anew': gzipSync(flipped),
    }
    for (const [what, bytes] of Object.entries(cases)) {
      assert.is((await refusal(folder, bytes)).code, 'bad_backup', what)
      assert.equal(await readdir(folder), [], what)
    }
  }),
)

restore('refuses a file larger than any of ours before its bytes arrive', () =>
  inFolder(async (folder) => {
    const plain = gunzipSync(await made([head(), data('accounts.db', '')]))
    const at = plain.indexOf('data/accounts.db')
    resized(plain.subarray(at, at + 512), '77777777777\0')
    const { code, message } = await refusal(folder, gzipSync(plain))
    assert.is(code, 'bad_backup')
    assert.match(message, /is larger than/)
  }),
)

// The package that unpacks bounds these heads; without that they would be gathered in memory.
restore('refuses a name that has no end, before it fills the memory', () =>
  inFolder(async (folder) => {
    const plain = gunzipSync(await made([head(), data('accounts.db', '')]))
    const at = plain.indexOf('data/accounts.db')
    const header = resized(plain.subarray(at, at + 512), '77777777777\0')
    for (const type of ['x', 'g', 'L', 'K']) {
      let given = 0
      const endless = function* () {
        yield plain.subarray(0, at)
        yield typed(header, type)
        for (; given < ENDLESS_BYTES; given += HEAP.length) yield HEAP
      }
      const from = () => Readable.from(endless()).pipe(createGzip({ level: 1 }))
      const error: unknown = await restoreBackup({ dataDir: folder, replace: false }, from).catch((error) => error)
      assert.is(error instanceof CrossChatError ? error.code : error, 'bad_backup')
      assert.ok(given < ENDLESS_BYTES, 'it is not read to its end')
      assert.equal(await readdir(folder), [])
    }
  }),
)

restore('refuses a folder in which something stands, and moves it aside when told so', () =>
  inFolder(async (dataDir) => {
    const bytes = await whole(FILES)
    await restoreBackup({ dataDir, replace: false }, stream(bytes))
    assert.is((await refusal(dataDir, bytes)).code, 'folder_not_empty')
    const other = await whole([data('secret', 'another')])
    const { aside } = await restoreBackup({ dataDir, replace: true }, stream(other))
    assert.is(dirname(aside ?? ''), dataDir)
    assert.equal((await readdir(aside ?? '')).sort(), ['accounts.db', 'archive', 'marks', 'secret'])
    assert.equal(
      (await readdir(dataDir)).filter((name) => !name.startsWith('before-')),
      ['secret'],
    )
    assert.is(await readFile(join(dataDir, 'secret'), 'utf8'), 'another')
  }),
)

restore.run()
