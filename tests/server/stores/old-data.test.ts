import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { OverlayView, StreamView } from '../../../server/api.ts'
import { Listener } from '../../help/listener.ts'
import { OLD_DATA, OLD_SECRET } from '../../help/old-data.ts'
import { ircLine, Panel } from '../../help/panel.ts'
import { startServer, temporaryData } from '../../help/server.ts'

const NEWER = 99
const test = suite<{ dataDir: string; remove(): Promise<void> }>('data of another version')
test.before.each(async (context) => {
  const data = await temporaryData()
  context.dataDir = data.path
  context.remove = data.remove
})
test.after.each(({ remove }) => remove())

const start = (dataDir: string) => startServer({ dataDir, env: { CROSSCHAT_SECRET: OLD_SECRET } })

/** Every file below a folder with its bytes. */
function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'base64')]))
}

async function overlaysOf(panel: Panel): Promise<OverlayView[]> {
  return (await panel.json<{ items: OverlayView[] }>('GET', '/api/overlays')).items
}

/** Throws unless all that `scripts/make-old-data.ts` left is there. Gives the stream that goes on. */
async function allStands(panel: Panel): Promise<StreamView> {
  const streams = (await panel.json<{ items: StreamView[] }>('GET', '/api/streams')).items
  assert.equal(
    streams.map(({ title, endedAt }) => [title, endedAt === null]),
    [
      ['Goes on', true],
      ['An evening by the lake', false],
    ],
  )
  const [running, past] = streams
  assert.ok(running !== undefined && past !== undefined)
  const said = (await panel.transcript(past.id)).flatMap((event) =>
    event.kind === 'message' ? [[event.author.name, event.text, event.removed !== undefined]] : [],
  )
  assert.equal(said, [
    ['Noodle_Knight', 'good luck tonight!', false],
    ['Marzipan', 'お疲れさまです', true],
  ])
  const rules = JSON.stringify(await panel.json('GET', '/api/moderation/rules'))
  assert.match(rules, /spoiler/)
  assert.is((await overlaysOf(panel)).length, 2)
  assert.is((await panel.json<{ items: unknown[] }>('GET', '/api/keys')).items.length, 1)
  return running
}

async function goesOnIn(dataDir: string): Promise<void> {
  const server = await start(dataDir)
  const panel = await Panel.login(server.base, 'Noodle_Knight')
  const { id } = await allStands(panel)
  for (const { url } of await overlaysOf(panel)) {
    const overlay = await Listener.open(server.base, url.split('#')[1] ?? '')
    assert.ok(overlay.welcome, 'the addresses in OBS still hold')
    overlay.close()
  }
  assert.is((await panel.pushLines([ircLine('live-1', 'again')])).duplicates, 1, 'what it had shown is known')
  assert.is((await panel.pushLines([ircLine('new-1', 'by the new version')])).archived, true)
  assert.is.not((await Panel.login(server.base, 'Quiet_Otter')).cookie, '')
  assert.is(await server.end(), 0, server.output())

  const next = await start(dataDir)
  const later = await Panel.login(next.base, 'Noodle_Knight')
  await allStands(later)
  const lines = (await later.transcript(id)).flatMap((event) => (event.kind === 'message' ? [event.id] : []))
  assert.equal(lines, ['twitch:live-1', 'twitch:new-1'])
  await next.end()
}

test('is opened with all that an earlier version left, goes on, and is whole after the next start', async (context) => {
  for (const version of readdirSync(OLD_DATA)) {
    const dataDir = join(context.dataDir, version)
    cpSync(join(OLD_DATA, version), dataDir, { recursive: true })
    await goesOnIn(dataDir)
  }
})

test('is refused in a newer form, with a sentence, and no byte of it changes', async ({ dataDir }) => {
  for (const version of readdirSync(OLD_DATA)) cpSync(join(OLD_DATA, version), dataDir, { recursive: true })
  writeFileSync(join(dataDir, 'schema'), JSON.stringify({ schema: NEWER }))
  const before = filesOf(dataDir)
  const refusal = await start(dataDir).then(
    () => assert.unreachable('it started'),
    (error: Error) => error.message,
  )
  assert.match(refusal ?? '', /ended with 1/)
  assert.match(refusal ?? '', new RegExp(`has the form ${NEWER}.*a newer one has used it.*Nothing was changed`, 's'))
  assert.equal(filesOf(dataDir), before)
})

test.run()
