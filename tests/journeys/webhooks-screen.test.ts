import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Browser, Page } from '../browsers/node_modules/playwright-core/index.js'
import { openEngine } from '../help/browsers.ts'
import { NOWHERE } from '../help/outside.ts'
import { Panel } from '../help/panel.ts'
import { LOOKED_AT, openPanel, overflow, type PanelPageOptions, violations } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { WebhookReceiver } from '../help/stand-ins/webhook-receiver.ts'

/** Somebody has their own program told of their chat, in the panel, on the real server. */

const test = suite('webhooks screen')

let data: Awaited<ReturnType<typeof temporaryData>>
let server: RunningServer
let browser: Browser
let receiver: WebhookReceiver
let owner: Panel

test.before(async () => {
  browser = await openEngine('127')
})
test.after(async () => browser.close())
test.before.each(async () => {
  data = await temporaryData()
  receiver = await WebhookReceiver.start()
  server = await startServer({
    dataDir: join(data.path, 'kept'),
    env: { ...NOWHERE, CROSSCHAT_WEBHOOKS_ANYWHERE: 'yes', CROSSCHAT_HASTE: '50' },
  })
  owner = await Panel.register(server.base, 'Mossy_Otter')
})
test.after.each(async () => {
  for (const context of browser.contexts()) await context.close()
  await server.end('SIGKILL')
  await receiver.close()
  await data.remove()
})

const open = async (options: PanelPageOptions = {}): Promise<Page> => {
  const page = await openPanel(browser, owner, '#/webhooks', { viewport: { width: 1_440, height: 900 }, ...options })
  await page.waitForSelector('.webhook, .empty')
  return page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const make = async (name: string) => {
  const events = ['message', 'stream']
  await owner.call('POST', '/api/webhooks', { name, url: receiver.url, events })
}

test('says that there is none, and complains where something is missing', async () => {
  const page = await open()
  assert.match((await page.textContent('.empty')) ?? '', 'No webhooks yet')
  await press(page, 'Make webhook')
  assert.is(await page.textContent('#webhook-url-error'), 'Give the address that your program listens at.')
  await page.fill('#webhook-url', 'ftp://bot.example')
  await press(page, 'Make webhook')
  await page.waitForSelector('#webhook-url-error:has-text("https://")')
  assert.equal(await violations(page), [])
})

test('shows the secret once, sends a test, and tells how it went', async () => {
  const page = await open()
  await page.fill('#webhook-url', receiver.url)
  await page.fill('#webhook-name', 'my bot')
  await press(page, 'Make webhook')
  await page.waitForSelector('#webhook-secret .secret, dialog .secret')
  assert.match((await page.textContent('.secret')) ?? '', /^whsec_/)
  assert.equal(await violations(page), [])
  await press(page, 'I have it')
  await press(page, 'Send a test to my bot')
  await page.waitForSelector('.toast:has-text("taken with 204")')
  assert.is(receiver.received.length, 1)
  assert.not.match((await page.textContent('main')) ?? '', 'whsec_')
  await page.click('.webhook-deliveries summary')
  await page.waitForSelector('.webhook-tries li')
  assert.match((await page.textContent('.webhook-tries')) ?? '', 'Test: taken with 204')
})

test('pauses, resumes and deletes', async () => {
  await make('my bot')
  const page = await open()
  await page.waitForSelector('.webhook-state:text-is("Delivers")')
  await press(page, 'Pause my bot')
  await page.waitForSelector('.webhook-state:text-is("Paused")')
  await press(page, 'Resume my bot')
  await page.waitForSelector('.webhook-state:text-is("Delivers")')
  await press(page, 'Delete my bot')
  await press(page, 'Delete webhook')
  await page.waitForSelector('.empty')
})

test('says plainly when nothing arrives, in both palettes and at every width', async () => {
  await make('my bot')
  await make('a much longer name for a bot than fits')
  receiver.answering = (res) => res.writeHead(500).end()
  await owner.call('POST', '/api/simulator/messages', { platform: 'twitch', name: 'noodle_knight', text: 'hello' })
  await receiver.until((received) => received.length > 3)
  receiver.answering = (res) => res.writeHead(410).end()
  for (const theme of ['dark', 'light'] as const) {
    for (const width of LOOKED_AT[theme]) {
      const page = await open({ theme, viewport: { width, height: 900 } })
      await page.waitForSelector('.webhook-state:text-is("Paused")')
      await page.click('.webhook-deliveries summary')
      await page.waitForSelector('.webhook-tries li')
      assert.is(await overflow(page), 0, `${theme} ${width}`)
      assert.equal(await violations(page), [], `${theme} ${width}`)
      if (process.env.CROSSCHAT_SHOTS) {
        await page.screenshot({
          path: join(process.env.CROSSCHAT_SHOTS, `webhooks-${theme}-${width}.png`),
          fullPage: true,
        })
      }
      await page.context().close()
    }
  }
})

test.run()
