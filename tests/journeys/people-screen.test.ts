import { readFile } from 'node:fs/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { InviteView } from '../../server/api/members.ts'
import type { DeedView } from '../../server/api/moderation.ts'
import type { Page } from '../browsers/node_modules/playwright-core/index.js'
import { openPage } from '../help/browsers.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, PASSWORD, Panel } from '../help/panel.ts'
import { LOOKED_AT, openPanel, overflow, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/** The screens of people, settings and invitations, as those who use them see them. */

const test = suite('panel: people and settings')
const here = serve(test, { env: () => ({ ...NOWHERE, CROSSCHAT_REGISTRATION: 'invite' }) })
let owner: Panel

test.before(async () => {
  owner = await Panel.register(here.base, 'quiet_otter')
})

async function invited(role: string): Promise<string> {
  return (await owner.json<InviteView>('POST', '/api/invites', { role })).url ?? ''
}

const placesOf = (page: Page) => page.locator('.places a').allInnerTexts()

test('the owner makes an invitation; a moderator comes by it, works, and is removed', async () => {
  const own = await openPanel(here.browser, owner, '#/people')
  await own.fill('#invite-name', 'the badger')
  await own.click('text=Make invitation')
  const link = await own.inputValue('[aria-label="Link of the invitation"]')
  assert.match(link, /\/admin\/#\/invite\/[\w-]{43}$/)
  await own.waitForSelector('text=Open invitations')

  const page = await openPage(here.browser, { viewport: { width: 1280, height: 800 } })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(link)
  await page.waitForSelector('h1:has-text("Work in quiet_otter")')
  await page.fill('#register-username', 'calm_badger')
  await page.fill('#register-password', PASSWORD)
  await page.click('text=Make account')
  await page.waitForSelector('.shell')
  const token = link.split('/').at(-1) ?? ''
  assert.not.ok(
    asked.some((url) => url.includes(token) && !url.includes('#')),
    'the token is in no address that is asked for',
  )
  await page.waitForSelector('#channel option:checked:has-text("quiet_otter (moderator)")', { state: 'attached' })
  assert.equal(await placesOf(page), ['Live', 'History', 'Moderation', 'People', 'Settings'])

  await owner.pushLines([ircLine('m1', 'buy followers now', 'Buyer')])
  await page.waitForSelector('.row:has-text("buy followers")')
  await page.hover('.row:has-text("buy followers")')
  await page.click('[aria-label="Hide this message by Buyer"]')
  await page.waitForSelector('.row[data-struck]')
  const { items } = await owner.json<{ items: DeedView[] }>('GET', '/api/moderation/log')
  assert.equal(items[0]?.by, { kind: 'account', name: 'calm_badger' })

  await page.goto(`${here.base}/admin/#/keys`)
  await page.waitForSelector('h1:has-text("Not for your role")')
  await page.goto(`${here.base}/admin/#/live`)

  await own.reload()
  await own.click('[aria-label="Remove calm_badger"]')
  assert.match((await own.textContent('dialog')) ?? '', /closed at once/)
  await own.click('dialog button[type=submit]')
  await own.waitForFunction(() => document.querySelectorAll('.person').length === 1)
  await page.waitForSelector('.channel:has-text("calm_badger")')
  await page.waitForSelector('text=You work in quiet_otter no longer.')
  assert.is(await page.locator('.row').count(), 0, 'nothing of the channel stays on the screen')
  assert.ok((await placesOf(page)).includes('Overlays'), 'back in the own channel')
  await page.context().close()
  await own.context().close()
})

test('somebody with an account accepts, and switches between channels', async () => {
  const other = await Panel.register(here.base, 'mossy_heron', {
    invite: (await instanceInvite()).split('/').at(-1) ?? '',
  })
  const page = await openPanel(here.browser, other, `#/invite/${(await invited('viewer')).split('/').at(-1)}`)
  await page.click('text=Accept as mossy_heron')
  await page.waitForSelector('#channel')
  assert.equal(await placesOf(page), ['Live', 'History', 'Moderation', 'People', 'Settings'])
  await owner.pushLines([ircLine('m2', 'for all of us', 'Fan')])
  await page.waitForSelector('.row:has-text("for all of us")')
  assert.is(await page.locator('.row-actions').count(), 0, 'a viewer does nothing to a row')
  assert.is(await page.locator('.button-stream').count(), 0)
  await page.click('.places a:has-text("Moderation")')
  await page.waitForSelector('#new-words:disabled')
  assert.equal(await violations(page), [])
  await page.click('.places a:has-text("Live")')
  await page.selectOption('#channel', { label: 'mossy_heron (yours)' })
  await page.waitForSelector('.button-stream')
  await page.waitForFunction(() => document.querySelectorAll('.row').length === 0)
  await page.selectOption('#channel', { label: 'quiet_otter (viewer)' })
  await page.waitForSelector('.row:has-text("for all of us")')
  await page.reload()
  await page.waitForSelector('.row:has-text("for all of us")')
  await page.context().close()
})

async function instanceInvite(): Promise<string> {
  return (await owner.json<InviteView>('POST', '/api/instance/invites', {})).url ?? ''
}

test('a link that opens nothing says so', async () => {
  const page = await openPage(here.browser)
  await page.goto(`${here.base}/admin/#/invite/${'A'.repeat(43)}`)
  await page.waitForSelector('text=Ask for a new one')
  assert.equal(await violations(page), [])
  await page.context().close()
})

test('signs out elsewhere, and changes the password', async () => {
  const there = await openPanel(here.browser, await Panel.login(here.base, 'quiet_otter'), '#/live')
  await there.waitForSelector('.shell')
  const page = await openPanel(here.browser, owner, '#/settings')
  await page.waitForSelector('.sessions li >> nth=1')
  await page.click('text=Sign out everywhere else')
  await page.waitForFunction(() => document.querySelectorAll('.sessions li').length === 1)
  await there.waitForSelector('dialog[open]')
  await page.fill('#password-current', 'not the password')
  await page.fill('#password-next', PASSWORD)
  await page.click('text=Change password')
  await page.waitForSelector('text=The current password is wrong.')
  await page.fill('#password-current', PASSWORD)
  await page.click('text=Change password')
  await page.waitForSelector('text=The password is changed.')
  owner = await Panel.login(here.base, 'quiet_otter')
  await there.context().close()
  await page.context().close()
})

test('shows the time as the person wants it', async () => {
  const page = await openPanel(here.browser, owner, '#/settings')
  await page.click('text=12 hours')
  await page.waitForFunction(() =>
    /\d (AM|PM) now/.test(document.querySelector('[aria-labelledby=appearance-title]')?.textContent ?? ''),
  )
  await page.reload()
  await page.waitForSelector('button[aria-pressed=true]:has-text("12 hours")')
  await page.context().close()
})

test('settings give everything as one file, and lead to what is the channel’s', async () => {
  await owner.startStream('Friday run')
  await owner.pushLines([ircLine('kept-1', 'kept for the file')])
  await owner.endStream()
  const page = await openPanel(here.browser, owner, '#/settings')
  await page.waitForSelector('.settings-places')
  for (const place of ['people', 'history', 'moderation', 'keys', 'webhooks']) {
    assert.is(await page.locator(`.settings-places a[href="#/${place}"]`).count(), 1, place)
  }
  assert.is(await page.locator('text=Delete account and channel').count(), 0, 'the owner of the instance stays')
  await page.click('text=Export all')
  await page.waitForSelector('dialog :text("Every message of every stream")')
  const saved = page.waitForEvent('download')
  await page.click('dialog button[type=submit]')
  assert.match(await readFile(await (await saved).path(), 'utf8'), /kept for the file/)
  await page.context().close()
})

test('somebody deletes their account, by name and password', async () => {
  const token = (await invited('viewer')).split('/').at(-1) ?? ''
  const heron = await Panel.register(here.base, 'grey_heron', { invite: token })
  const page = await openPanel(here.browser, heron, '#/settings')
  await page.selectOption('.top-bar #channel', { label: 'grey_heron (yours)' })
  await page.click('text=Delete account and channel')
  await page.click('dialog button[type=submit]')
  await page.waitForSelector('#delete-account-name[aria-invalid=true]')
  assert.equal(await violations(page), [])
  await page.fill('#delete-account-name', 'grey_heron')
  await page.fill('#delete-account-password', 'not the password')
  await page.click('dialog button[type=submit]')
  await page.waitForSelector('text=The password is wrong. Nothing was removed.')
  await page.fill('#delete-account-password', PASSWORD)
  await page.click('dialog button[type=submit]')
  await page.waitForSelector('#login-username')
  const again = await heron.call('POST', '/api/auth/login', { username: 'grey_heron', password: PASSWORD })
  assert.is(again.status, 401)
  await page.context().close()
})

for (const theme of ['dark', 'light'] as const) {
  test(`has nothing for axe to find, and fits, in ${theme}`, async () => {
    const link = await invited('moderator')
    for (const width of LOOKED_AT[theme]) {
      for (const place of ['people', 'settings', `invite/${link.split('/').at(-1)}`]) {
        const page = await openPanel(here.browser, owner, `#/${place}`, { theme, viewport: { width, height: 900 } })
        await page.waitForSelector('h1')
        await page.waitForFunction(() => document.querySelector('.skeleton') === null)
        assert.equal(await violations(page), [], `${place} at ${width}`)
        assert.is(await overflow(page), 0, `${place} at ${width}`)
        const shots = process.env.CROSSCHAT_SHOTS
        if (shots)
          await page.screenshot({ path: `${shots}/${place.split('/')[0]}-${theme}-${width}.png`, fullPage: true })
        await page.context().close()
      }
    }
  })
}

test.run()
