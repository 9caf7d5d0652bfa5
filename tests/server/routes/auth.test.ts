import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DoorView, MeView } from '../../../server/api/accounts.ts'
import { CrossChatError } from '../../../server/errors.ts'
import { passwordComplaint } from '../../../server/password-rule.ts'
import { ask, codeOf, type Doors, jsonOf, member, openDoors, PASSWORD, Visitor } from '../../help/doors.ts'

const test = suite<{ doors: Doors }>('routes/auth')
test.before.each(async (context) => {
  context.doors = await openDoors()
})
test.after.each(async ({ doors }) => doors.close())

/** Lets nobody go on before all have come. */
function meeting(size: number): () => Promise<void> {
  let come = 0
  let open = () => {}
  const all = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    come += 1
    if (come === size) open()
    return all
  }
}

test('registers, and the first account owns the instance', async ({ doors }) => {
  const visitor = new Visitor(doors.port)
  const answer = await visitor.call('POST', '/api/auth/register', {
    username: 'Otter',
    password: PASSWORD,
    channel: 'Den',
  })
  assert.is(answer.status, 201)
  const { account, channel } = jsonOf<MeView>(answer)
  assert.is(account.username, 'Otter')
  assert.is(account.owner, true)
  assert.is(channel.name, 'Den')
  assert.equal(jsonOf(await visitor.call('GET', '/api/auth/me')), jsonOf(answer))
  const second = await (await member(doors.port, 'Badger')).call('GET', '/api/auth/me')
  assert.is(jsonOf<MeView>(second).account.owner, false)
})

test('gives a new channel one overlay', async ({ doors }) => {
  const overlays = await (await member(doors.port, 'Otter')).call('GET', '/api/overlays')
  assert.equal(
    jsonOf<{ items: { name: string }[] }>(overlays).items.map(({ name }) => name),
    ['Main'],
  )
})

test('makes one owner out of many who register at the same moment', async ({ doors }) => {
  const names = ['a', 'b', 'c', 'd']
  const ready = meeting(names.length)
  const { passwords } = doors.house
  passwords.hash = async () => {
    await ready()
    return 'no password fits'
  }
  const visitors = await Promise.all(names.map((each) => member(doors.port, `Otter.${each}`)))
  // All doors of this process hash in one place.
  Reflect.deleteProperty(passwords, 'hash')
  const me = await Promise.all(visitors.map((visitor) => visitor.call('GET', '/api/auth/me')))
  assert.is(me.filter((answer) => jsonOf<MeView>(answer).account.owner).length, 1)
})

test('takes whoever was late to be the owner as a stranger like any', async ({ doors }) => {
  const { accounts } = doors.stores
  const { insert } = accounts
  accounts.insert = async (account) => {
    accounts.insert = insert
    assert.is(account.owner, true)
    await insert.call(accounts, { ...account, id: 'another', username: 'Heron', handle: 'heron' })
    throw new CrossChatError('busy')
  }
  const visitor = await member(doors.port, 'Otter')
  assert.is(jsonOf<MeView>(await visitor.call('GET', '/api/auth/me')).account.owner, false)
})

test('takes a name once, whatever its case and form', async ({ doors }) => {
  await member(doors.port, 'Ångström')
  const visitor = new Visitor(doors.port)
  const again = { username: 'A\u030aNGSTRO\u0308M'.normalize('NFC'), password: PASSWORD }
  const answer = await visitor.call('POST', '/api/auth/register', again)
  assert.is(answer.status, 409)
  assert.is(codeOf(answer), 'name_taken')
  assert.is(visitor.jar.size, 0)
})

test('sets a cookie that no script reads and no other site sends', async ({ doors }) => {
  const visitor = new Visitor(doors.port)
  const { cookies } = await visitor.call('POST', '/api/auth/register', { username: 'Otter', password: PASSWORD })
  assert.is(cookies.length, 2)
  for (const cookie of cookies) {
    assert.match(cookie, /; httponly/i)
    assert.match(cookie, /; samesite=lax/i)
    assert.match(cookie, /; path=\//i)
    assert.not.match(cookie, /domain=/i)
  }
  assert.match(cookies[0] ?? '', /^cc=[A-Za-z0-9_-]{43};/)
})

test('gives a session a new id at every sign-in, and the old one is dead', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const before = visitor.cookie
  await visitor.call('POST', '/api/auth/login', { username: 'otter', password: PASSWORD })
  assert.is.not(visitor.cookie, before)
  assert.is((await ask(doors.port, { path: '/api/auth/me', headers: { cookie: before } })).status, 401)
  assert.is((await visitor.call('GET', '/api/auth/me')).status, 200)
})

test('knows no cookie after signing out, and closes the sockets of the session', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const copy = visitor.cookie
  const answer = await visitor.call('POST', '/api/auth/logout')
  assert.is(answer.status, 204)
  assert.is(visitor.jar.size, 0)
  const replay = await ask(doors.port, { path: '/api/auth/me', headers: { cookie: copy } })
  assert.is(replay.status, 401)
  assert.is(codeOf(replay), 'signed_out')
  assert.is(doors.seen.at(-1)?.[0], 'withdrawSession')
})

test('does not revive a session by a call that was on its way while it ended', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const copy = visitor.cookie
  const headers = { cookie: copy, origin: `http://127.0.0.1:${doors.port}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ current: PASSWORD, next: 'another long secret' })
  const writing = Array.from({ length: 4 }, () =>
    ask(doors.port, { method: 'POST', path: '/api/auth/password', headers, body }),
  )
  await visitor.call('POST', '/api/auth/logout')
  await Promise.all(writing)
  assert.is((await ask(doors.port, { path: '/api/auth/me', headers: { cookie: copy } })).status, 401)
})

test('refuses a cookie that was changed or signed by another', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const id = visitor.jar.get('cc') ?? ''
  for (const cookie of [
    `cc=${id}`,
    `cc=${id}; cc.sig=AAAA`,
    `cc=${'A'.repeat(43)}; cc.sig=${visitor.jar.get('cc.sig')}`,
  ]) {
    assert.is((await ask(doors.port, { path: '/api/auth/me', headers: { cookie } })).status, 401, cookie)
  }
})

test('answers the same bytes for a wrong password and an unknown name', async ({ doors }) => {
  await member(doors.port, 'Otter')
  const wrong = async (username: string) => {
    const answer = await new Visitor(doors.port).call('POST', '/api/auth/login', {
      username,
      password: 'not it at all',
    })
    assert.is(answer.status, 401)
    return answer.text.replace(/"requestId":"[^"]*"/, '')
  }
  assert.is(await wrong('Otter'), await wrong('Nobody'))
})

test('slows down the sixth wrong try, not the owner from elsewhere', async ({ doors }) => {
  await member(doors.port, 'Otter')
  const visitor = new Visitor(doors.port)
  const wrong = () => visitor.call('POST', '/api/auth/login', { username: 'Otter', password: 'not it at all' })
  for (let tries = 0; tries < 5; tries++) assert.is((await wrong()).status, 401)
  const refused = await wrong()
  assert.is(refused.status, 429)
  assert.is(codeOf(refused), 'too_many')
  assert.ok(Number(refused.headers['retry-after']) > 0)
  // Another name from the same address is counted apart.
  assert.is((await visitor.call('POST', '/api/auth/login', { username: 'Else', password: 'x' })).status, 401)
})

test('forgets wrong tries after a right one', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  for (let round = 0; round < 3; round++) {
    for (let tries = 0; tries < 4; tries++) {
      await visitor.call('POST', '/api/auth/login', { username: 'Otter', password: 'not it at all' })
    }
    const right = await visitor.call('POST', '/api/auth/login', { username: 'Otter', password: PASSWORD })
    assert.is(right.status, 200)
  }
})

test('writes nothing down where nobody signs out', async ({ doors }) => {
  const { sessions } = doors.stores
  const ended: string[] = []
  const { destroy } = sessions
  sessions.destroy = async (id) => {
    ended.push(id)
    await destroy.call(sessions, id)
  }
  for (let nth = 0; nth < 3; nth++)
    assert.is((await new Visitor(doors.port).call('POST', '/api/auth/logout')).status, 204)
  const visitor = await member(doors.port, 'Leaver')
  await visitor.call('POST', '/api/auth/logout')
  sessions.destroy = destroy
  assert.is(ended.length, 1)
})

test('changes the password, keeps this session under a new id and ends all others', async ({ doors }) => {
  const here = await member(doors.port, 'Otter')
  const there = new Visitor(doors.port)
  await there.call('POST', '/api/auth/login', { username: 'Otter', password: PASSWORD })
  const before = here.cookie
  const answer = await here.call('POST', '/api/auth/password', { current: PASSWORD, next: 'another long secret' })
  assert.is(answer.status, 204)
  assert.is.not(here.cookie, before)
  assert.is((await here.call('GET', '/api/auth/me')).status, 200)
  assert.is((await there.call('GET', '/api/auth/me')).status, 401)
  assert.is((await ask(doors.port, { path: '/api/auth/me', headers: { cookie: before } })).status, 401)
  assert.equal(
    doors.seen.slice(-2).map(([what]) => what),
    ['withdrawAccount', 'sessionChanged'],
  )
  const login = (password: string) =>
    new Visitor(doors.port).call('POST', '/api/auth/login', { username: 'Otter', password })
  assert.is((await login(PASSWORD)).status, 401)
  assert.is((await login('another long secret')).status, 200)
})

test('changes no password without the current one', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const answer = await visitor.call('POST', '/api/auth/password', {
    current: 'wrong wrong',
    next: 'another long secret',
  })
  assert.is(answer.status, 401)
  assert.is(codeOf(answer), 'bad_login')
  assert.is((await visitor.call('GET', '/api/auth/me')).status, 200)
})

test('counts every letter of a password beyond 72 bytes', async ({ doors }) => {
  const begins = `${'noodle '.repeat(10)}ab`
  const password = `${begins}X`
  await new Visitor(doors.port).call('POST', '/api/auth/register', { username: 'Otter', password })
  const login = (given: string) =>
    new Visitor(doors.port).call('POST', '/api/auth/login', { username: 'Otter', password: given })
  assert.is((await login(`${begins}Y`)).status, 401)
  assert.is((await login(password)).status, 200)
})

test('says the same of a password that is too short or too common, wherever a new one is chosen', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const { account } = jsonOf<MeView>(await visitor.call('GET', '/api/auth/me'))
  for (const password of ['nine char', 'Password123']) {
    const { token } = await doors.house.resetLinks.make(account.id)
    const answers = [
      await new Visitor(doors.port).call('POST', '/api/auth/register', { username: 'Badger', password }),
      await visitor.call('POST', '/api/auth/password', { current: PASSWORD, next: password }),
      await new Visitor(doors.port).call('POST', '/api/auth/reset', { token, password }),
    ]
    for (const { status, text } of answers) {
      assert.is(status, 400)
      assert.ok(text.includes(String(passwordComplaint(password))), text)
    }
  }
})

test('refuses what is no name and password, and changes nothing', async ({ doors }) => {
  const visitor = new Visitor(doors.port)
  const bodies = [
    null,
    [],
    'text',
    7,
    { username: 'Otter' },
    { username: ['Otter'], password: PASSWORD },
    { username: { $ne: null }, password: { $gt: '' } },
    { username: 'Otter', password: 12_345_678 },
    { username: 'Otter', password: PASSWORD, owner: true },
    { username: 'no spaces please', password: PASSWORD },
    { username: 'Otter', password: 'short' },
  ]
  for (const path of ['/api/auth/register', '/api/auth/login']) {
    for (const body of bodies) {
      const answer = await visitor.call('POST', path, body)
      const loginTakesIt = path.endsWith('login') && answer.status === 401
      assert.ok(answer.status === 400 || loginTakesIt, `${path} ${JSON.stringify(body)}: ${answer.status}`)
    }
  }
  assert.is(await doors.stores.accounts.count(), 0)
})

test('heals an account whose channel was never made', async ({ doors }) => {
  const visitor = await member(doors.port, 'Otter')
  const account = {
    ...(await doors.stores.accounts.byHandle('otter')),
    id: 'half-made',
    username: 'Half',
    handle: 'half',
  }
  await doors.stores.accounts.insert(account as Parameters<typeof doors.stores.accounts.insert>[0])
  const login = await visitor.call('POST', '/api/auth/login', { username: 'Half', password: PASSWORD })
  assert.is(login.status, 200)
  assert.is(jsonOf<MeView>(login).channel.name, 'Half')
})

test('says busy when too many wait to sign in', async ({ doors }) => {
  const answers = await Promise.all(
    Array.from({ length: 19 }, (_, n) =>
      new Visitor(doors.port).call('POST', '/api/auth/login', { username: `name${n}`, password: 'x' }),
    ),
  )
  for (const answer of answers) assert.ok([401, 503].includes(answer.status), String(answer.status))
  for (const answer of answers.filter(({ status }) => status === 503))
    assert.ok(Number(answer.headers['retry-after']) > 0)
})

test('removes somebody who gives their name and password, with all that was theirs', async ({ doors }) => {
  await member(doors.port, 'Otter')
  const badger = await member(doors.port, 'Badger')
  const { channel } = jsonOf<MeView>(await badger.call('GET', '/api/auth/me'))
  const leave = (username: string, password: string) => badger.call('DELETE', '/api/auth/me', { username, password })
  assert.is(codeOf(await leave('Badger', 'not that one')), 'bad_login')
  assert.is((await leave('Otter', PASSWORD)).status, 400)
  assert.is((await badger.call('GET', '/api/auth/me')).status, 200, 'a refusal changes nothing')
  assert.is((await leave(' badger ', PASSWORD)).status, 204)
  assert.is((await badger.call('GET', '/api/auth/me')).status, 401)
  assert.is(await doors.stores.channels.byId(channel.id), null)
  assert.is((await badger.call('POST', '/api/auth/login', { username: 'Badger', password: PASSWORD })).status, 401)
  assert.is((await badger.call('POST', '/api/auth/register', { username: 'Badger', password: PASSWORD })).status, 201)
})

test('keeps the owner of the instance, whose going would lock it for good', async ({ doors }) => {
  const owner = await member(doors.port, 'Otter')
  const answer = await owner.call('DELETE', '/api/auth/me', { username: 'Otter', password: PASSWORD })
  assert.is(codeOf(answer), 'owner_account')
  assert.is((await owner.call('GET', '/api/auth/me')).status, 200)
})

test.run()

const doorTest = suite('routes/auth: who may come in')

async function withDoors(
  options: Parameters<typeof openDoors>[0],
  work: (doors: Doors) => Promise<void>,
): Promise<void> {
  const doors = await openDoors(options)
  try {
    await work(doors)
  } finally {
    await doors.close()
  }
}

const PROXIED = { 'x-forwarded-for': '203.0.113.9' }

doorTest('wants the set-up token from a stranger, once', () =>
  withDoors({ setupToken: 'right-token', env: { CROSSCHAT_REGISTRATION: 'open' } }, async (doors) => {
    const visitor = new Visitor(doors.port)
    const door = await visitor.call('GET', '/api/auth', undefined, PROXIED)
    assert.equal(jsonOf<DoorView>(door), { registration: 'open', first: true, setupToken: true })
    const register = (username: string, setupToken?: string) =>
      visitor.call('POST', '/api/auth/register', { username, password: PASSWORD, setupToken }, PROXIED)
    for (const token of [undefined, '', 'wrong-token']) {
      const refused = await register('Otter', token)
      assert.is(refused.status, 403)
      assert.is(codeOf(refused), 'bad_setup_token')
    }
    assert.is((await register('Otter', 'right-token')).status, 201)
    assert.is((await register('Badger')).status, 201)
  }),
)

doorTest('wants no token from this machine', () =>
  withDoors({ setupToken: 'right-token' }, async (doors) => {
    await member(doors.port, 'Otter')
  }),
)

doorTest('lets no stranger be first where there is no token', () =>
  withDoors({ setupToken: null }, async (doors) => {
    const body = { username: 'Otter', password: PASSWORD, setupToken: '' }
    const answer = await new Visitor(doors.port).call('POST', '/api/auth/register', body, PROXIED)
    assert.is(codeOf(answer), 'bad_setup_token')
  }),
)

for (const registration of ['closed', 'invite']) {
  doorTest(`lets nobody but the first register when it is ${registration}`, () =>
    withDoors({ env: { CROSSCHAT_REGISTRATION: registration } }, async (doors) => {
      await member(doors.port, 'Otter')
      const body = { username: 'Badger', password: PASSWORD, ...(registration === 'closed' && { invite: 'please' }) }
      const answer = await new Visitor(doors.port).call('POST', '/api/auth/register', body)
      assert.is(answer.status, 403)
      assert.is(codeOf(answer), 'registration_closed')
    }),
  )
}

doorTest('sends its cookie over https only where people use https', () =>
  withDoors({ env: { CROSSCHAT_PUBLIC_URL: 'https://chat.example' } }, async (doors) => {
    const headers = { origin: 'https://chat.example', host: 'chat.example' }
    const body = { username: 'Otter', password: PASSWORD }
    const answer = await new Visitor(doors.port).call('POST', '/api/auth/register', body, headers)
    assert.is(answer.status, 201)
    assert.match(answer.cookies[0] ?? '', /^__Host-cc=[^;]+;.*; secure/i)
    assert.ok(answer.headers['strict-transport-security'])
  }),
)

doorTest('keeps working while the store fails to write', () =>
  withDoors({}, async (doors) => {
    const visitor = await member(doors.port, 'Otter')
    doors.stores.accounts.setPassword = async () => {
      throw new CrossChatError('storage_failed')
    }
    const answer = await visitor.call('POST', '/api/auth/password', { current: PASSWORD, next: 'another long secret' })
    assert.is(answer.status, 507)
    assert.is((await visitor.call('GET', '/api/auth/me')).status, 200)
  }),
)

doorTest.run()
