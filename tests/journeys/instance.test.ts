import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { InstanceView, TenantView } from '../../server/api/instance.ts'
import type { PageView } from '../../server/api/shapes.ts'
import type { Browser, Page } from '../browsers/node_modules/playwright-core/index.js'
import { openEngine, openPage } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { alone } from '../help/one-server.ts'
import { Panel } from '../help/panel.ts'
import { LOOKS, openPanel, overflow, type PanelPageOptions, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { serversWanted } from '../help/several.ts'

/** The owner of an instance looks after it, beside people who use it, on the real server. */

const test = suite('instance')

let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let browser: Browser
let owner: Panel
let other: Panel

test.before(async () => {
  browser = await openEngine('127')
})
test.after(async () => browser.close())
test.before.each(async () => {
  data = await temporaryData()
  server = await startServer({ dataDir: data.path })
  owner = await Panel.register(server.base, 'Mossy_Otter')
  other = await Panel.register(server.base, 'Noodle_Knight')
})
test.after.each(async () => {
  for (const context of browser.contexts()) await context.close()
  await server.end('SIGKILL')
  await data.remove()
})

async function openInstance(options: PanelPageOptions = {}, panel = owner, engine = browser): Promise<Page> {
  const page = await openPanel(engine, panel, '#/instance', { viewport: { width: 1_440, height: 900 }, ...options })
  if (panel === owner) await page.waitForSelector('.tenant')
  return page
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const textOf = async (page: Page, selector: string) => (await page.textContent(selector)) ?? ''
const tenants = async () => (await owner.json<PageView<TenantView>>('GET', '/api/instance/accounts')).items
const login = (username: string, password: string) =>
  new Panel(server.base).call('POST', '/api/auth/login', { username, password })

test('is shown to its owner alone', async () => {
  const page = await openInstance({}, other)
  await page.waitForSelector('.empty')
  assert.match(await textOf(page, 'main'), /for the owner of this instance/)
  assert.is(await page.locator('a[href="#/instance"]').count(), 0)
  assert.equal(await violations(page), [])
})

test('says how everything is, and leads on to the engine room', async () => {
  const page = await openInstance()
  await page.waitForSelector('.health [data-tone=ok]:has-text("Running")')
  await page.waitForSelector('.health :text("% full")')
  assert.equal(await page.locator('.health dt').allTextContents(), [
    'Worker',
    'Ring',
    'Archive',
    'Disk',
    'Event loop delay',
    'Memory',
    'Connections',
  ])
  assert.is(await page.locator('.connectors li').count(), 3)
  await page.click('.card-head a[href="#/engine"]')
  await page.waitForSelector('.engine')
})

test('says how all of it is saved where it lies', async () => {
  const commands = async (store: InstanceView['store']) => {
    const page = await openPanel(browser, owner, '#/live', { viewport: { width: 1_440, height: 900 } })
    await page.route(/\/api\/instance(\?|$)/, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: { ...(await answer.json()), store } })
    })
    await page.evaluate(() => location.assign('#/instance'))
    await page.waitForSelector('#backup-card')
    assert.equal(await violations(page), [])
    return (await page.locator('.backup-line code').allTextContents()).map((each) => each.split(' ')[0])
  }
  assert.equal(await commands('folder'), ['crosschat', 'crosschat'])
  assert.equal(await commands('database'), ['pg_dump', 'pg_restore'])
  const { store } = await owner.json<InstanceView>('GET', '/api/instance')
  assert.is(store, serversWanted() === 1 ? 'folder' : 'database')
})

test('suspends somebody after the name was typed, who is out at once, and lets them in again', async () => {
  const page = await openInstance()
  const beside = await openPanel(browser, other, '#/live', {})
  await beside.waitForSelector('[data-page=live]')
  await press(page, 'Suspend Noodle_Knight')
  assert.match(await textOf(page, 'dialog'), /signed out everywhere at once.*API keys are refused.*Nothing is deleted/s)
  await page.fill('#suspend-name', 'Noodle')
  assert.is(await page.getAttribute('dialog button[type=submit]', 'aria-disabled'), 'true')
  await page.fill('#suspend-name', 'Noodle_Knight')
  await page.click('dialog button[type=submit]')
  await page.waitForSelector('.tenant[data-suspended]')
  assert.is((await other.call('GET', '/api/auth/me')).status, 401)
  await beside.waitForSelector('dialog[open] input[type=password]')
  const refused = await login('Noodle_Knight', 'plain long password')
  assert.is((await refused.json()).error.code, 'suspended')
  assert.equal(await violations(page), [])
  await press(page, 'Let Noodle_Knight in again')
  await page.waitForSelector('.tenant[data-suspended]', { state: 'detached' })
  assert.is((await login('Noodle_Knight', 'plain long password')).status, 200)
})

test('removes somebody with all that was theirs, whose overlay goes dark at once', async () => {
  const overlay = await other.overlay()
  await other.startStream('Friday run')
  const onAir = await Listener.open(server.base, overlay.key)
  const page = await openInstance()
  await press(page, 'Remove Noodle_Knight')
  assert.match(await textOf(page, 'dialog'), /1 stream .*is deleted.*cannot be undone/s)
  assert.equal(await violations(page), [])
  await page.fill('#remove-name', 'Noodle_Knight')
  await page.click('dialog button[type=submit]')
  await page.waitForFunction(() => document.querySelectorAll('.tenant').length === 1)
  await onAir.until(() => onAir.closed !== null)
  assert.is(onAir.closed, 4002)
  assert.equal(
    (await tenants()).map(({ username }) => username),
    ['Mossy_Otter'],
  )
  assert.is((await login('Noodle_Knight', 'plain long password')).status, 401)
})

test('hands over a link by which somebody chooses a new password, once', async () => {
  const page = await openInstance()
  await press(page, 'Link for a new password of Noodle_Knight')
  await press(page, 'Make the link')
  const url = await textOf(page, 'dialog .secret')
  const theirs = await openPage(browser, {})
  await theirs.goto(url)
  await theirs.fill('#reset-password', 'a brand new secret')
  assert.equal(await violations(theirs), [])
  await press(theirs, 'Take this password')
  await theirs.waitForSelector('#login-username')
  assert.is((await other.call('GET', '/api/auth/me')).status, 401)
  assert.is((await login('Noodle_Knight', 'a brand new secret')).status, 200)
  await theirs.goto(`${server.base}/admin/?again${url.slice(url.indexOf('#'))}`)
  await theirs.fill('#reset-password', 'another new secret')
  await press(theirs, 'Take this password')
  await theirs.waitForSelector('.form-error:has-text("opens nothing any more")')
})

test('decides who may register and how much a channel keeps, over a restart too', async () => {
  const page = await openInstance()
  await press(page, 'Closed')
  await page.waitForSelector('.toast-ok')
  await page.fill('#limit-bytes', '0.5')
  await press(page, 'Save limit')
  await page.waitForSelector('.tenant-use :text("of 512 MB")')
  await server.end()
  server = await startServer({ dataDir: data.path })
  const refused = await new Panel(server.base).call('POST', '/api/auth/register', {
    username: 'late_comer',
    password: 'plain long password',
  })
  assert.is((await refused.json()).error.code, 'registration_closed')
  owner = owner.at(server.base)
  const again = await openInstance()
  await again.waitForSelector('[aria-pressed=true]:has-text("Closed")')
  assert.is(await again.inputValue('#limit-bytes'), '0.5')
})

test('makes an invitation where one registers by invitation, and shows what the environment has fixed', async () => {
  const page = await openInstance()
  await press(page, 'By invitation')
  await press(page, 'Make an invitation')
  await page.waitForSelector('.invitation .secret:has-text("#/")')
  await server.end()
  server = await startServer({ dataDir: data.path, env: { CROSSCHAT_REGISTRATION: 'closed' } })
  owner = owner.at(server.base)
  const fixed = await openInstance()
  await fixed.waitForSelector('.fixed:has-text("CROSSCHAT_REGISTRATION")')
  assert.match(await textOf(fixed, '.fixed'), /^Closed/)
  assert.is(await fixed.getByRole('button', { name: 'By invitation' }).count(), 0)
})

alone(test)('follows the log, by level', async () => {
  await server.end()
  server = await startServer({ dataDir: data.path, env: { CROSSCHAT_LOG: 'info' } })
  owner = owner.at(server.base)
  const page = await openInstance()
  const { id = '' } = (await tenants()).find(({ username }) => username === 'Noodle_Knight') ?? {}
  await owner.call('PATCH', `/api/instance/accounts/${id}`, { suspended: true })
  await page.waitForSelector('.log li:has-text("an account was suspended")')
  await press(page, 'Errors')
  await page.waitForSelector('.log :text("Nothing of this level was written.")')
})

test('finds out in the owner’s browser whether the public addresses lead here', async () => {
  const { port } = server
  await server.end()
  const stranger = await temporaryData()
  const elsewhere = await startServer({ dataDir: stranger.path })
  try {
    const urls = [`http://localhost:${port}`, `http://127.0.0.1:${port}`, elsewhere.base, 'http://127.0.0.1:9']
    server = await startServer({ dataDir: data.path, port, env: { CROSSCHAT_PUBLIC_URL: urls.join() } })
    owner = owner.at(server.base)
    const page = await openInstance()
    await page.waitForSelector(`.instance-note:has-text("http://localhost:${port}")`)
    await press(page, 'Check the addresses')
    await page.waitForFunction(() => document.querySelectorAll('.address-found li').length === 4)
    const found = await page
      .locator('.address-found li')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-reached')))
    assert.equal(found, ['here', 'here', 'nowhere', 'nowhere'])
    assert.equal(await violations(page), [])
  } finally {
    await elsewhere.end('SIGKILL')
    await stranger.remove()
  }
})

test.run()

/** Nothing is changed here, so one server does for all. */
const looks = suite('instance, looked at')
const served = serve(looks)

looks.before(async () => {
  owner = await Panel.register(served.base, 'Mossy_Otter')
  await Panel.register(served.base, 'Noodle_Knight')
})

for (const { theme, width } of LOOKS) {
  looks(`has no violation and no sideways scroll at ${width} px, ${theme}`, async () => {
    const page = await openInstance({ theme, viewport: { width, height: 800 } }, owner, served.browser)
    await page.waitForSelector('.health :text("% full")')
    assert.equal([await violations(page), await overflow(page)], [[], 0])
  })
}

looks.run()
