import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createCrossChat } from '../../server/app.ts'
import { newId } from '../../server/auth/ids.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import { ircLine } from '../help/panel.ts'
import { temporaryData } from '../help/server.ts'

const test = suite('ingest')
const HEADERS = { 'content-type': 'text/plain' }
const PUSHES = 20
const LINES = 500

test('hands over what one channel sends behind another’s flood after at most two payloads of that', async () => {
  const data = await temporaryData()
  const crosschat = createCrossChat({ env: { PORT: '0', DATA_DIR: data.path, CROSSCHAT_LOG: 'silent' } })
  await crosschat.listen()
  const { house } = await crosschat.parts()
  const channel = async (name: string) => {
    const id = newId()
    await house.stores.channels.insert({ id, accountId: newId(), name, rules: NO_RULES, createdAt: Date.now() })
    await house.line.push(id, 'twitch', ircLine(`${name}-first`, 'hello'), HEADERS)
    return id
  }
  const [loud, quiet] = [await channel('loud'), await channel('quiet')]
  const order: string[] = []
  const flood = Array.from({ length: PUSHES }, (_, push) => {
    const lines = Array.from({ length: LINES }, (_, nth) => ircLine(`loud-${push}-${nth}`, 'LOUD'))
    return house.line.push(loud, 'twitch', lines.join('\r\n'), HEADERS).then(() => order.push('loud'))
  })
  const word = house.line.push(quiet, 'twitch', ircLine('quiet', 'still here'), HEADERS)
  await word.then(() => order.push('quiet'))
  assert.ok(order.indexOf('quiet') <= 2, `${order.indexOf('quiet')} came first`)
  await Promise.all(flood)
  assert.is(order.length, PUSHES + 1)
  await crosschat.close()
  await data.remove()
})

test.run()
