import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadTarget, lookupPublic, targetOf } from '../../../server/webhooks/target.ts'

const test = suite('webhooks: target')

const refused = (address: string, anywhere = false) =>
  assert.throws(
    () => targetOf(address, anywhere),
    (error: unknown) => error instanceof BadTarget,
    address,
  )

test('refuses what is no address of the web', () => {
  for (const address of [
    '',
    'bot.example',
    'ftp://bot.example',
    'file:///etc/passwd',
    'https://',
    'https://[fe80::1%25eth0]/',
  ])
    refused(address)
})

test('refuses plain http, which everybody on the way reads', () => {
  refused('http://bot.example/hook')
  assert.is(targetOf('http://bot.example/hook', true).href, 'http://bot.example/hook')
})

test('refuses user names, passwords and fragments', () => {
  for (const address of ['https://me@bot.example', 'https://me:it@bot.example', 'https://bot.example/#here'])
    refused(address, true)
})

test('refuses addresses that are not public, however they are written', () => {
  for (const host of [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '169.254.169.254',
    '１２７.0.0.1',
    '10.0.0.1.',
  ]) {
    refused(`https://${host}/hook`)
  }
})

test('takes a name and keeps it in its plain form', () => {
  assert.is(targetOf(' https://BOT.example:8443/a b?c=d', false).href, 'https://bot.example:8443/a%20b?c=d')
  assert.is(targetOf('https://8.8.8.8/hook', false).href, 'https://8.8.8.8/hook')
})

const looked = (all: boolean) =>
  new Promise<Error | null>((resolve) => lookupPublic('localhost', { all }, (error) => resolve(error)))

test('does not go where a name leads to this machine', async () => {
  for (const all of [true, false]) {
    const error = await looked(all)
    assert.instance(error, BadTarget)
    assert.match(
      error?.message ?? '',
      /localhost leads to (?:127\.0\.0\.1|::1), which is not an address of the public internet/,
    )
  }
})

test.run()
