import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ROOT, run } from '../../scripts/child.ts'
import { TAGS, tagOf } from '../../server/routes/openapi-text.ts'
import { NOWHERE } from '../help/outside.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

const page = suite('api-page')

/** One fenced example of `docs/api.md`. */
interface Example {
  heading: string
  line: number
  code: string
  /** What stands behind `#` after each curl. */
  statuses: string[]
  /** The answer that is shown after it; null = none. */
  shown: unknown
}
interface Ran {
  statuses: string[]
  answers: string[]
}

const TEXT = readFileSync(join(ROOT, 'docs', 'api.md'), 'utf8')
const EXAMPLES = examplesOf(TEXT)
const WITHIN_MS = 60_000
const NEXT = '--- the next example ---'
/** Tells of each call its status, on a stream of its own: what is printed stays what the reader sees. */
const WATCHED = `curl() { command curl -w '\\n%{stderr}status %{http_code}\\n' "$@"; }`

let ran: Ran[] | null = null
let data: Awaited<ReturnType<typeof temporaryData>>
let server: RunningServer | null = null

page.before(async () => {
  data = await temporaryData()
  if ((await run('curl', ['--version'])).code !== 0) {
    console.log('skipped: the examples of docs/api.md need curl, and there is none')
    return
  }
  server = await startServer({ dataDir: join(data.path, 'kept'), env: NOWHERE })
  ran = await runAll(server.base)
})
page.after(async () => {
  await server?.end()
  await data.remove()
})

function examplesOf(text: string): Example[] {
  const blocks = text.matchAll(/^```sh\n(.*?)^```\n(?:\n^```json\n(.*?)^```)?/gms)
  return Array.from(blocks, ({ index, 1: code = '', 2: json }) => {
    const before = text.slice(0, index)
    const heading = /.*^## (.*?)$/ms.exec(before)?.[1] ?? 'before the first heading'
    const statuses = Array.from(code.matchAll(/^# (\d{3})$/gm), (match) => match[1] ?? '')
    const shown: unknown = json === undefined ? null : JSON.parse(json)
    return { heading, line: before.split('\n').length, code, statuses, shown }
  })
}

/** One after the other, in one shell: what one example puts into a variable the next ones use. */
async function runAll(base: string): Promise<Ran[]> {
  const mark = `echo; echo '${NEXT}'; echo '${NEXT}' >&2`
  const code = EXAMPLES.map((example) => `${example.code}\n${mark}`).join('\n')
  const whole = `set -eo pipefail\n${WATCHED}\n${code.replace(/^CROSSCHAT=.*$/m, `CROSSCHAT=${base}`)}`
  const { out, told } = await bash(whole)
  return EXAMPLES.map((_, at) => ({
    statuses: Array.from((told[at] ?? '').matchAll(/^status (\d{3})$/gm), (match) => match[1] ?? ''),
    answers: (out[at] ?? '').split('\n').filter((line) => line !== ''),
  }))
}

function bash(code: string): Promise<{ out: string[]; told: string[] }> {
  return new Promise((resolve, reject) => {
    execFile('bash', ['-c', code], { cwd: data.path, timeout: WITHIN_MS }, (error, stdout, stderr) => {
      if (error === null) resolve({ out: stdout.split(NEXT), told: stderr.split(NEXT) })
      else reject(new Error(`The examples broke off: ${error.message.slice(-500)}\n${stdout.slice(-2_000)}\n${stderr}`))
    })
  })
}

/**
 * What does not fit, as `path: why`. The answer must have just the shown fields, of the shown kinds; of a list the shown
 * items come first. `…` stands for any text; null, on either side, for what is not there yet.
 */
function misfits(shown: unknown, given: unknown, path = 'answer'): string[] {
  if (shown === null || given === null) return []
  if (Array.isArray(shown)) {
    if (!Array.isArray(given)) return [`${path}: is no list`]
    return shown.flatMap((each, at) => misfits(each, given[at], `${path}[${at}]`))
  }
  if (typeof shown !== typeof given) return [`${path}: is ${JSON.stringify(given)}`]
  if (typeof shown !== 'object') return typeof shown === 'string' ? unlike(shown, String(given), path) : []
  const [wanted, there] = [Object.entries(shown), new Map(Object.entries(given as object))]
  const surplus = [...there.keys()].filter((key) => !(key in shown)).map((key) => `${path}.${key}: is not shown`)
  return [...surplus, ...wanted.flatMap(([key, each]) => misfits(each, there.get(key), `${path}.${key}`))]
}

/** A single word may be another one of its kind, as a state. */
function unlike(shown: string, given: string, path: string): string[] {
  if (!shown.includes('…'))
    return /^[a-z]+$/i.test(shown) || shown === given ? [] : [`${path}: is ${given}, not ${shown}`]
  const pattern = shown
    .split('…')
    .map((piece) => piece.replace(/[^\w]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${pattern}$`).test(given) ? [] : [`${path}: ${given} is not like ${shown}`]
}

for (const [at, { heading, line, code, statuses, shown }] of EXAMPLES.entries()) {
  page(`shows under "${heading}" (line ${line}) an example that runs as it stands`, () => {
    if (ran === null) return
    const calls = code.match(/\bcurl\b/g) ?? []
    assert.is(statuses.length, calls.length, 'After each curl stands `# ` and the status that it is answered with.')
    assert.equal(ran[at]?.statuses, statuses, ran[at]?.answers.join('\n'))
    if (shown === null) return
    const answer = ran[at]?.answers.at(-1) ?? ''
    assert.equal(misfits(shown, JSON.parse(answer)), [], answer)
  })
}

page('shows the delivery that the platform gets its word back for, and the message that was taken', () => {
  if (ran === null) return
  const all = ran.flatMap(({ answers }) => answers).join('\n')
  assert.match(all, /^are you there\?$/m)
  assert.match(all, '"accepted":1,"ignored":0,"reasons":[],"duplicates":0,"archived":true')
  assert.match(all, /"seq":2\}/)
})

page('has an example of every group of calls', () => {
  const addresses = Array.from(TEXT.matchAll(/\$CROSSCHAT(\/[^\s"]*|\$HOOK)/g), (match) => match[1] ?? '')
  const shown = new Set(addresses.map((address) => tagOf(address.replace('$HOOK', '/hooks'))))
  const missing = TAGS.map(({ name }) => name).filter((name) => !shown.has(String(name)))
  assert.equal(missing, [], `docs/api.md has no curl example of ${missing.join(', ')}.`)
})

page.run()
