import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OutsideError } from '../../../../workers/fetching.ts'
import type { FindPictures, Ground } from '../../../../workers/platforms/platform.ts'
import { pictures } from '../../../../workers/platforms/twitch/pictures.ts'

/** Twitch's API as far as badges go. */
interface Context {
  server: Server
  ground: Ground
  clock: { now: number }
  /** Answers by path; a status alone is an answer without a body. */
  answers: Map<string, unknown>
  asked: string[]
}

const IMAGE = 'https://static-cdn.jtvnw.net/badges/v1/0000/2'
const set = (set_id: string, ...ids: string[]) => ({ set_id, versions: ids.map((id) => ({ id, image_url_2x: IMAGE })) })
const never = new AbortController().signal

const test = suite<Context>('twitch/pictures')

test.before.each(async (context) => {
  context.asked = []
  context.clock = { now: 1_000_000 }
  context.answers = new Map<string, unknown>([
    ['/chat/badges/global', { data: [set('moderator', '1'), set('vip', '1')] }],
    ['/chat/badges?broadcaster_id=1001', { data: [set('subscriber', '0', '12')] }],
  ])
  context.server = createServer(async (request, response) => {
    const answer = await answerOf(context, request)
    response.writeHead(typeof answer === 'number' ? answer : 200).end(JSON.stringify(answer))
  })
  context.server.listen(0, '127.0.0.1')
  await once(context.server, 'listening')
  const base = `http://127.0.0.1:${(context.server.address() as AddressInfo).port}`
  const settings = {
    ...{ twitchClientId: 'client-id-1', twitchClientSecret: 'secret & more' },
    ...{ twitchApiUrl: base, twitchAuthUrl: `${base}/token` },
  }
  context.ground = {
    settings,
    ms: (ms) => ms,
    now: () => context.clock.now,
    steady: () => context.clock.now,
    random: Math.random,
  }
})
test.after.each(async ({ server }) => {
  server.closeAllConnections()
  server.close()
})

async function answerOf({ asked, answers }: Context, request: IncomingMessage): Promise<unknown> {
  const { url = '', headers } = request
  if (url === '/token') {
    asked.push(`${request.method} ${await text(request)}`)
    return answers.get(url) ?? { access_token: `token-${asked.length}`, expires_in: 3_600 }
  }
  asked.push(`${url} ${headers.authorization} ${headers['client-id']}`)
  return answers.get(url) ?? 404
}

function finder({ ground }: Context): FindPictures {
  const find = pictures(ground)
  if (find === null) throw new Error('no finder')
  return find
}

const TOKEN = 'POST client_id=client-id-1&client_secret=secret+%26+more&grant_type=client_credentials'

test('finds the badges of all channels and of one, with one token', async (context) => {
  const find = finder(context)
  assert.equal([...(await find(null, never)).keys()], ['moderator/1', 'vip/1'])
  assert.equal(
    [...(await find('1001', never))],
    [
      ['subscriber/0', IMAGE],
      ['subscriber/12', IMAGE],
    ],
  )
  assert.equal(context.asked, [
    TOKEN,
    '/chat/badges/global Bearer token-1 client-id-1',
    '/chat/badges?broadcaster_id=1001 Bearer token-1 client-id-1',
  ])
})

test('takes another token before the first one ends, and after it was withdrawn', async (context) => {
  const find = finder(context)
  await find(null, never)
  context.clock.now += 3_600_000 - 30_000
  await find(null, never)
  assert.is(context.asked.filter((each) => each === TOKEN).length, 2)
  context.answers.set('/chat/badges/global', 401)
  const refused = await find(null, never).catch((error: unknown) => error)
  assert.ok(refused instanceof OutsideError)
  context.answers.set('/chat/badges/global', { data: [] })
  await find(null, never)
  assert.is(context.asked.filter((each) => each === TOKEN).length, 3)
})

test('does not ask at all without credentials', ({ ground }) => {
  assert.is(pictures({ ...ground, settings: { ...ground.settings, twitchClientSecret: '' } }), null)
  assert.is(pictures({ ...ground, settings: {} }), null)
})

test('leaves out pictures from elsewhere and whatever else is strange, and never tells the secret', async (context) => {
  const strange = { set_id: 'x', versions: [{ id: '1', image_url_2x: 'https://elsewhere.example/x' }, null, 5] }
  const unnamed = [{ toString: 1 }, null, '', undefined].flatMap((name) => [
    { set_id: name, versions: [{ id: '1', image_url_2x: IMAGE }] },
    { set_id: 'z', versions: [{ id: name, image_url_2x: IMAGE }] },
  ])
  const data = [null, 7, { set_id: 'y' }, strange, ...unnamed, set('good', '1')]
  context.answers.set('/chat/badges/global', { data })
  assert.equal([...(await finder(context)(null, never)).keys()], ['good/1'])
  context.answers.set('/token', { error: 'secret & more' })
  const failed = await finder(context)(null, never).catch((error: unknown) => error)
  assert.ok(failed instanceof OutsideError && !failed.message.includes('secret'))
})

test.run()
