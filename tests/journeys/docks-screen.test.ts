import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { DockView } from '../../server/api/overlays.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { Listener } from '../help/listener.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/** The panel's screen of docks, and what moderators do in its live feed. */

const test = suite('panel: docks and moderation')
const here = serve(test)
let people = 0

async function enter(place: string): Promise<{ panel: Panel; page: Page }> {
  const panel = await Panel.register(here.base, `panel_mod_${people++}`)
  const page = await openPanel(here.browser, panel, `#/${place}`, { viewport: { width: 1280, height: 800 } })
  return { panel, page }
}

const docksOf = async (panel: Panel) => (await panel.json<{ items: DockView[] }>('GET', '/api/docks')).items

test('makes a dock, gives it a new address, and deletes it', async () => {
  const { panel, page } = await enter('docks')
  await page.fill('#dock-name', 'Mods')
  await page.click('text=Control')
  await page.click('text=Make dock')
  await page.waitForSelector('.dock-line')
  const [made] = await docksOf(panel)
  assert.equal([made?.name, made?.scope], ['Mods', 'control'])
  assert.equal(await violations(page), [])
  await page.click('[aria-label="Make a new address for Mods"]')
  await page.click('dialog button[type=submit]')
  await page.waitForFunction(() => document.querySelector('dialog') === null)
  assert.is.not((await docksOf(panel))[0]?.url, made?.url)
  await page.click('[aria-label="Delete dock Mods"]')
  await page.click('dialog button[type=submit]')
  await page.waitForFunction(() => document.querySelector('.dock-line') === null)
  await page.waitForFunction(() => document.activeElement?.id === 'heading')
  assert.equal(await docksOf(panel), [])
  await page.context().close()
})

test('shows a dock as it will look in OBS, with what its address says of it', async () => {
  const { panel, page } = await enter('docks')
  await panel.json('POST', '/api/docks', { name: 'Mods', scope: 'control' })
  await panel.pushLines([ircLine('seen', 'hello dock', 'Buyer')])
  await page.reload()
  await page.click('[aria-label="Options and preview of Mods"]')
  const frameOf = async () => {
    const frame = await (await page.waitForSelector('.dock-sample iframe')).contentFrame()
    await frame?.waitForSelector('.row')
    return frame
  }
  assert.ok(await (await frameOf())?.$('.row .acts'))
  await page.click('text=Buttons on messages')
  await page.waitForSelector('.dock-sample iframe[src*="actions=0"]')
  const plain = await frameOf()
  assert.is(await plain?.$('.row .acts'), null)
  await page.fill('#dock-size', '99')
  await page.press('#dock-size', 'Tab')
  await page.waitForSelector('.dock-sample iframe[src*="size=24"]')
  await page.click('text=QR code')
  assert.ok(await page.$('.dock-code .qr'))
  assert.equal(await violations(page), [])
  await page.click('.dock-options >> text=Control dock')
  await page.waitForSelector('.dock-sample iframe[src*="view=control"]')
  await page.context().close()
})

test('holds the overlays empty and slows them down on the page for moderation', async () => {
  const { panel, page } = await enter('moderation')
  const { key } = await panel.overlay()
  const overlay = await Listener.open(here.base, key)
  const told = (type: 'slow' | 'panic') =>
    overlay.frames.flatMap((frame) => (frame.type === type ? [frame.on] : [])).join()
  await page.waitForSelector('#slow')
  await page.click('label:has(#slow)')
  await overlay.until(() => told('slow') === 'true')
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#slow')?.checked)
  assert.equal(await violations(page), [])
  await page.click('text=Hide overlay now')
  await overlay.until(() => told('panic') === 'true')
  await page.click('text=Show chat')
  await overlay.until(() => told('panic') === 'true,false')
  await page.goto(`${here.base}/admin/#/live`)
  await page.waitForSelector('.picture-bar[data-slow]')
  await page.click('text=Full speed')
  await overlay.until(() => told('slow') === 'true,false')
  await page.waitForFunction(() => document.querySelector('.picture-bar') === null)
  overlay.close()
  await page.context().close()
})

test('hides and shows again, one message or a person, and features, in the live feed', async () => {
  const { panel, page } = await enter('live')
  await page.waitForSelector('.feed')
  await panel.pushLines([ircLine('a', 'one', 'Buyer'), ircLine('b', 'two', 'Buyer')])
  const struck = (count: number) =>
    page.waitForFunction((wanted) => document.querySelectorAll('.row[data-struck]').length === wanted, count)
  const press = async (label: string) => {
    await page.hover(`.row:has([aria-label^="${label}"])`)
    await page.click(`[aria-label^="${label}"] >> nth=0`)
  }
  await page.waitForFunction(() => document.querySelectorAll('.row').length === 2)
  await press('Hide this message by Buyer')
  await struck(1)
  await press('Show this message by Buyer again')
  await struck(0)
  await press('More about this message by Buyer')
  await page.click('.row-menu >> text=Hide all by Buyer')
  await struck(2)
  await press('Show all by Buyer again')
  await struck(0)
  await press('Feature this message by Buyer')
  await page.waitForFunction(() => document.querySelector('.picture-bar')?.textContent?.includes('Featured'))
  assert.equal(await violations(page), [])
  await page.click('.featured-card >> text=Clear')
  await page.waitForFunction(() => document.querySelector('.picture-bar') === null)
  await panel.json('POST', '/api/moderation/panic', { on: true })
  await page.click('text=Show chat')
  await page.waitForFunction(() => document.querySelector('.picture-bar') === null)
  await page.context().close()
})

test.run()
