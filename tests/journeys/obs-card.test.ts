import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { openPage } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { LOOKS, openPanel, overflow, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'
import { serversWanted } from '../help/several.ts'
import { ObsWebSocket } from '../help/stand-ins/obs-websocket.ts'

/** What the panel shows of the overlay's home in OBS, and how it puts it there. */

const test = suite('obs card')
const here = serve(test)
let owner: Panel
let obs: ObsWebSocket

const AGENT = 'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/127.0.6533.120 Safari/537.36 OBS/32.2.2'

test.before(async () => {
  owner = await Panel.register(here.base, 'obs_owner')
  obs = await ObsWebSocket.start()
})
test.after(() => obs.close())

interface Source {
  build?: string
  active?: boolean
  visible?: boolean
  streaming?: boolean
}

/** A source in an OBS that does not exist. */
async function openSource({ build, ...more }: Source = {}): Promise<Listener> {
  const { key } = await owner.overlay()
  const source = new Listener(here.base, '/ws/overlay', { 'User-Agent': AGENT })
  await source.opened()
  source.hello({ key, client: { name: '600×800, Chromium 127', obs: '2.26.9' } })
  await source.until(() => source.welcome !== null)
  const figures = { streaming: false, recording: null, painted: 3_000, rows: 12, queue: 0 }
  const report = { visible: true, active: true, build: build ?? source.welcome?.build, ...figures, ...more }
  source.ws.send(JSON.stringify({ type: 'report', ...report }))
  return source
}

const says = (page: Page, selector: string, text: string) =>
  page.waitForFunction(
    ([where, what]) =>
      document
        .querySelector(where ?? '')
        ?.textContent?.replace(/\s+/g, ' ')
        .includes(what ?? ''),
    [selector, text],
  )

const open = (options = {}) => openPanel(here.browser, owner, '#/live', options)

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More ways into OBS' }).click()
  await page.waitForSelector('dialog[open]')
}

test('says of each page where it is seen, in what, and when it last drew', async () => {
  const page = await open()
  await says(page, '.clients-none', 'Waiting for your overlay…')
  const [live, old] = [await openSource(), await openSource({ build: 'of-last-week', active: false })]
  await says(page, '.client:nth-child(1)', 'OBS 32.2.2On programme')
  await says(page, '.client:nth-child(1)', 'Chromium 127 · browser source 2.26.9')
  await says(page, '.client:nth-child(1)', ' · 12 rows · drew')
  assert.is(await page.locator('.client:nth-child(1) .old-build').count(), 0)
  await says(page, '.client:nth-child(2)', 'Shown, not on programme')
  await says(page, '.client:nth-child(2)', 'Old version')
  await says(page, '.clients [role=status]', '2 pages are open, 1 on programme.')
  await page.getByRole('button', { name: 'Reload', exact: true }).click()
  await Promise.all([live, old].map((each) => each.until(() => each.frames.some(({ type }) => type === 'reload'))))
  // Of several servers, each knows the pages of the others as they were a second ago, and may so count fewer.
  if (serversWanted() === 1) await says(page, '.toasts', '2 pages load anew')
  else await page.waitForSelector('.toast')
  for (const each of [live, old]) each.close()
  await says(page, '.clients-none', 'Waiting')
  await page.close()
})

test('a page in OBS is seen by the panel as it is, and loads anew when asked', async () => {
  const page = await open()
  const { url } = await owner.overlay()
  const source = await openPage(here.browser, { userAgent: AGENT })
  await source.addInitScript(`window.obsstudio = { pluginVersion: '2.26.9', getStatus() {} }`)
  const lines: string[] = []
  source.on('websocket', (line) => lines.push(line.url()))
  await source.goto(url)
  await says(page, '.client', 'OBS 32.2.2Shown')
  await owner.pushLines([ircLine('drawn', 'good evening')])
  await source.waitForSelector('.cc-msg')
  await source.evaluate(`new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))`)
  await source.evaluate(`dispatchEvent(new CustomEvent('obsSourceActiveChanged', { detail: { active: true } }))`)
  await says(page, '.client', 'On programme')
  await source.evaluate(`dispatchEvent(new CustomEvent('obsSourceVisibleChanged', { detail: { visible: false } }))`)
  await says(page, '.client', 'Not shown')
  await says(page, '.client', ' · drew')
  assert.is(lines.length, 1, 'the server took every report')
  const loaded = source.waitForEvent('load')
  await page.getByRole('button', { name: 'Reload', exact: true }).click()
  await loaded
  await says(page, '.client', 'OBS 32.2.2Shown')
  await source.close()
  await page.close()
})

test('says that OBS streams while no stream runs here, and starts one', async () => {
  const page = await open()
  const source = await openSource({ streaming: true })
  await says(page, '.not-archived', 'OBS is streaming, and no stream runs here.')
  await page.locator('.not-archived').getByRole('button', { name: 'Start stream' }).click()
  await page.locator('dialog[open]').getByRole('button', { name: 'Start stream' }).click()
  await page.waitForFunction(() => document.querySelector('.not-archived') === null)
  await owner.endStream()
  source.close()
  await says(page, '.not-archived', 'No stream running.')
  await page.close()
})

test('the drag carries name, size and key, as chosen', async () => {
  const page = await open()
  const { key } = await owner.overlay()
  await openDialog(page)
  await page.getByLabel('Name of the source').fill('Chat & more')
  await page.getByLabel('Width, px').fill('1920')
  await page.getByLabel('Height, px').fill('1080')
  const carried = await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    document.querySelector('dialog .drag-link')?.dispatchEvent(new DragEvent('dragstart', { dataTransfer }))
    return dataTransfer.getData('text/uri-list')
  })
  const address = new URL(carried)
  assert.equal(
    [...address.searchParams],
    [
      ['layer-name', 'Chat & more'],
      ['layer-width', '1920'],
      ['layer-height', '1080'],
    ],
  )
  assert.is(address.hash, `#${key}`)
  assert.is((await page.content()).includes(key), false, 'the key stands nowhere in the page')
  await page.close()
})

test('lets OBS make the source with its password, which goes nowhere else', async () => {
  obs.password = 'an obs password'
  const page = await open()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => sent.push(String(payload))))
  await openDialog(page)
  await page.getByLabel('Port').fill(String(obs.port))
  await page.getByRole('button', { name: 'Open in OBS' }).click()
  await says(page, 'dialog [role=alert]', 'OBS asks for a password.')
  await page.getByLabel('Password, if it has one').fill(obs.password)
  await page.getByRole('button', { name: 'Open in OBS' }).click()
  await says(page, 'dialog [role=status]', '“CrossChat” is in OBS now.')
  const { url } = await owner.overlay()
  assert.is(obs.inputs[0]?.settings.url, url)
  assert.is(await page.getByLabel('Password, if it has one').inputValue(), '')
  assert.not.ok(sent.some((text) => text.includes('an obs password')))
  assert.is(await page.evaluate(() => JSON.stringify({ ...localStorage }).includes('an obs password')), false)
  await page.getByLabel('Password, if it has one').fill(obs.password)
  await page.getByRole('button', { name: 'Open in OBS' }).click()
  await says(page, 'dialog [role=status]', '“CrossChat” in OBS has the new address and size.')
  await page.close()
})

test('says what to do when OBS does not answer', async () => {
  const page = await open()
  await openDialog(page)
  const gone = await ObsWebSocket.start()
  const { port } = gone
  await gone.close()
  await page.getByLabel('Port').fill(String(port))
  await page.getByRole('button', { name: 'Open in OBS' }).click()
  await says(page, 'dialog [role=alert]', `OBS does not answer at ws://127.0.0.1:${port}.`)
  // A port that browsers let no page reach.
  await page.getByLabel('Port').fill('9')
  await page.getByRole('button', { name: 'Open in OBS' }).click()
  await says(page, 'dialog [role=alert]', 'does not answer at ws://127.0.0.1:9.')
  await page.close()
})

test('gives the file that waits', async () => {
  const page = await open()
  await openDialog(page)
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download the waiting page' }).click()
  assert.match((await coming).suggestedFilename(), /^crosschat-.+\.html$/)
  await page.close()
})

for (const { theme, width } of LOOKS) {
  test(`fits and can be read, card and dialog (${theme}, ${width})`, async () => {
    const sources = [
      await openSource(),
      await openSource({ build: 'old', visible: false }),
      await openSource({ streaming: true, active: false }),
    ]
    const page = await open({ theme, viewport: { width, height: 900 } })
    if (width < 1_100) await page.getByRole('button', { name: 'OBS', exact: true }).click()
    await says(page, '.client:nth-child(3)', 'OBS 32.2.2')
    assert.is(await overflow(page), 0)
    assert.equal(await violations(page), [])
    const folder = process.env.CROSSCHAT_PICTURES
    if (folder) await page.screenshot({ path: `${folder}/card-${theme}-${width}.png` })
    await openDialog(page)
    assert.equal(await violations(page), [])
    if (folder) await page.screenshot({ path: `${folder}/dialog-${theme}-${width}.png` })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Put it on your site' }).click()
    await says(page, 'dialog[open]', 'Copy the line')
    assert.equal(await violations(page), [])
    assert.not.match(await page.content(), /data-key/, 'the key is not on the screen')
    if (folder) await page.screenshot({ path: `${folder}/site-${theme}-${width}.png` })
    await page.close()
    for (const each of sources) each.close()
  })
}

test.run()
