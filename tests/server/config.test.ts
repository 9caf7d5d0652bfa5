import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ConfigError, describeConfig, type Environment, envExample, loadConfig } from '../../server/config.ts'

const LONG = 'x'.repeat(32)
const config = suite('config')

function problemsOf(env: Environment): readonly string[] {
  try {
    loadConfig(env)
  } catch (error) {
    assert.instance(error, ConfigError)
    return (error as ConfigError).problems
  }
  return []
}

config('needs nothing to be set', () => {
  const { port, host, dataDir, registration, publicUrls, secrets, trustedProxies, queueBytes, metricsToken } =
    loadConfig({})
  assert.equal([port, host, dataDir, registration], [3000, '127.0.0.1', './data', 'open'])
  assert.equal([publicUrls, secrets, trustedProxies, queueBytes, metricsToken], [[], [], 0, 8_388_608, null])
})

config('lets strangers register only where they cannot come', () => {
  for (const HOST of ['localhost', 'LOCALHOST', '127.0.0.1', '127.1.2.3', '::1'])
    assert.is(loadConfig({ HOST }).registration, 'open', HOST)
  for (const HOST of ['0.0.0.0', '::', '192.168.1.2', '127.evil.example'])
    assert.is(loadConfig({ HOST }).registration, 'invite')
  assert.is(loadConfig({ HOST: '0.0.0.0', CROSSCHAT_REGISTRATION: 'open' }).registration, 'open')
})

config('takes an empty value for none', () => {
  assert.equal(loadConfig({ PORT: '', CROSSCHAT_LOG: ' ', REDIS_URL: '' }), loadConfig({}))
})

config('reads lists and addresses', () => {
  const read = loadConfig({
    CROSSCHAT_PUBLIC_URL: 'https://Chat.example/, http://10.0.0.2:3000',
    CROSSCHAT_SECRET: `${LONG},${LONG}y`,
    CROSSCHAT_TWITCH_IRC_URL: 'ws://127.0.0.1:9000/',
  })
  assert.equal(read.publicUrls, ['https://chat.example', 'http://10.0.0.2:3000'])
  assert.is(read.secrets.length, 2)
  assert.is(read.twitchIrcUrl, 'ws://127.0.0.1:9000')
})

config('names every problem at once, with the value as it is', () => {
  const problems = problemsOf({
    PORT: '70000',
    CROSSCHAT_LOG: 'loud',
    CROSSCHAT_PUBLIC_URL: 'chat.example/path',
    CROSSCHAT_TRUST_PROXY: '-1',
    CROSSCHAT_REGISTRASION: 'open',
    CROSSCHAT_KICK_API_URL: 'wss://kick.example',
    REDIS_URL: 'http://user:planted@host',
    DATABASE_URL: 'postgres://user:planted@host',
  })
  assert.is(problems.length, 8)
  const all = problems.join('\n')
  assert.match(all, /PORT must be a whole number from 0 to 65535; it is 70000/)
  assert.match(all, /CROSSCHAT_REGISTRASION is not a setting/)
  assert.match(all, /REDIS_URL must be an address that begins with redis:\/\/ or rediss:\/\/; it is \*\*\*/)
  assert.match(all, /DATABASE_URL must be an address as postgres/)
  assert.not.match(all, /planted/)
})

config('refuses a short secret without printing it', () => {
  const [problem = ''] = problemsOf({ CROSSCHAT_SECRET: 'planted' })
  assert.match(problem, /CROSSCHAT_SECRET must be at least 32 bytes long; it is \*\*\*/)
  assert.not.match(problem, /planted/)
  assert.is(problemsOf({ CROSSCHAT_SECRET: `${LONG},planted` }).length, 1)
})

config('refuses a secret that Twitch would not take', () => {
  for (const length of [9, 101]) {
    const [problem = ''] = problemsOf({ CROSSCHAT_TWITCH_EVENTSUB_SECRET: 'x'.repeat(length) })
    assert.match(problem, /at (?:least 10|most 100) bytes long; it is \*\*\*/)
  }
  assert.is(loadConfig({ CROSSCHAT_TWITCH_EVENTSUB_SECRET: 'x'.repeat(100) }).twitchEventSubSecret?.length, 100)
})

config('takes no policy for an image host', () => {
  for (const CROSSCHAT_IMAGE_HOSTS of ["a.example; script-src 'unsafe-inline'", 'https://a.example', '*']) {
    assert.is(problemsOf({ CROSSCHAT_IMAGE_HOSTS }).length, 1, CROSSCHAT_IMAGE_HOSTS)
  }
})

config('cannot be changed', () => {
  const frozen = loadConfig({})
  assert.throws(() => Object.assign(frozen, { port: 1 }), /read only/)
  assert.throws(() => (frozen.imageHosts as string[]).push('x'), /not extensible/)
})

config('shows every setting with its source and no secret', () => {
  const rows = describeConfig({ PORT: '8080', CROSSCHAT_SECRET: LONG })
  const row = (name: string) => rows.find((each) => each.name === name)
  assert.equal([row('PORT')?.value, row('PORT')?.source], ['8080', 'environment'])
  assert.equal([row('HOST')?.value, row('HOST')?.source], ['127.0.0.1', 'default'])
  assert.is(row('CROSSCHAT_SECRET')?.value, '***')
  for (const { name, meaning } of rows) assert.match(meaning, /\.$/, name)
  assert.is(new Set(rows.map(({ name }) => name)).size, rows.length)
})

config('shows rows also for values that do not fit', () => {
  assert.is(describeConfig({ PORT: 'x' }).find(({ name }) => name === 'PORT')?.value, 'x')
})

config('writes an example that, taken as it is, changes nothing', () => {
  const lines = envExample()
    .split('\n')
    .filter((line) => /^#[A-Z0-9_]+=/.test(line))
  const env = Object.fromEntries(lines.map((line) => line.slice(1).split(/=(.*)/s).slice(0, 2)))
  assert.equal(loadConfig(env), loadConfig({}))
  assert.is(lines.length, describeConfig({}).length)
})

config.run()
