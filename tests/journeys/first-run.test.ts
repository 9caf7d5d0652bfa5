import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Browser, CURRENT, type Engine, engines, openEngine, openPage, type Page } from '../help/browsers.ts'
import { NOWHERE } from '../help/outside.ts'
import { PASSWORD } from '../help/panel.ts'
import { serve } from '../help/serve.ts'

/** From an empty folder to a test message on the overlay, by the checklist alone, for somebody at another machine. */

/** What a proxy in front adds for whoever comes from elsewhere: such a visitor needs the set-up token. */
const FROM_AFAR = { 'X-Forwarded-For': '203.0.113.9' }

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite(`first run, overlay in Chromium ${engine}`)
  const here = serve(test, { engine: CURRENT, env: () => NOWHERE })
  let obs: Browser | undefined
  test.after(() => obs?.close())

  const printed = () => /Open (http:\S+\/admin\/#\/setup\/\S+)/.exec(here.server.output())?.[1] ?? ''
  const token = () => printed().split('/').at(-1) ?? ''

  async function openFromAfar(): Promise<{ page: Page; asked: string[] }> {
    const page = await openPage(here.browser, {
      viewport: { width: 1_440, height: 900 },
      extraHTTPHeaders: FROM_AFAR,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const asked: string[] = []
    page.on('request', (request) => asked.push(`${request.url()} ${JSON.stringify(request.headers())}`))
    return { page, asked }
  }

  /** Without the printed address it asks for what stands at its end; with it, it does not. */
  async function claim(page: Page): Promise<void> {
    await page.goto(`${here.base}/admin/`)
    await page.fill('#register-username', 'quiet_otter')
    await page.fill('#register-password', PASSWORD)
    await page.fill('#register-token', 'not-the-token')
    await press(page, 'Make account')
    await page.waitForSelector('#register-token-error, .form-error')
    await page.goto('about:blank')
    await page.goto(printed())
    await page.fill('#register-username', 'quiet_otter')
    await page.fill('#register-password', PASSWORD)
    assert.is(await page.locator('#register-token').count(), 0)
    await press(page, 'Make account')
    await stepIs(page, 'Put the overlay into OBS')
  }

  async function openOverlay(address: string): Promise<Page> {
    obs = await openEngine(engine)
    const overlay = await openPage(obs, { viewport: { width: 600, height: 800 } })
    await overlay.goto(address)
    return overlay
  }

  test('leads to a test message that is seen, over reloads', async () => {
    const { page, asked } = await openFromAfar()
    await claim(page)
    await press(page, 'Copy address')
    const address = await page.evaluate(() => navigator.clipboard.readText())
    await page.reload()
    await stepIs(page, 'Put the overlay into OBS')
    await page.waitForSelector('.check-connection:has-text("Waiting for your overlay")')
    const overlay = await openOverlay(address)
    await page.waitForSelector('.check-connection:has-text("Connected from")')
    await stepIs(page, 'Send a test message')
    await page.reload()
    await stepIs(page, 'Send a test message')
    await press(page, 'Send test message')
    await overlay.waitForFunction(isSeen, 'This is a test message')
    await stepIs(page, 'Connect Twitch')
    assert.not.ok(
      asked.some((request) => request.includes(token())),
      'no address and no header carries the token',
    )
    await page.click('.check[data-next] a')
    await page.waitForSelector('#twitch-channel')
    await page.goBack()
    await stepIs(page, 'Connect Twitch')
  })

  test('lets nobody claim it again with the token', async () => {
    const { page } = await openFromAfar()
    await page.goto(printed())
    await page.waitForSelector('a:has-text("Sign in")')
    const body = { username: 'late_badger', password: PASSWORD, setupToken: token() }
    const { status, owner } = await page.evaluate(async (register) => {
      const headers = { 'Content-Type': 'application/json' }
      const answer = await fetch('/api/auth/register', { method: 'POST', headers, body: JSON.stringify(register) })
      const told: { account?: { owner: boolean } } = await answer.json()
      return { status: answer.status, owner: told.account?.owner ?? false }
    }, body)
    assert.is(owner, false, `${status}`)
  })

  test.run()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

/** The first step that is still to do. */
const stepIs = (page: Page, title: string) => page.waitForSelector(`.check[data-next]:has-text("${title}")`)

/** Runs in the overlay: whether a row with these words stands within the window, whole and opaque. */
function isSeen(words: string): boolean {
  const row = [...document.querySelectorAll('.cc-feed > li.cc-msg')].find(({ textContent }) =>
    textContent?.includes(words),
  )
  if (row === undefined) return false
  const { left, right, top, bottom } = row.getBoundingClientRect()
  const { opacity, visibility } = getComputedStyle(row)
  const inside = left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight && bottom - top > 10
  return inside && opacity === '1' && visibility === 'visible'
}
