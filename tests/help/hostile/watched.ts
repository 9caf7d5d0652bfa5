import * as assert from 'uvu/assert'
import { IMAGE_HOSTS } from '../../../overlay/parts/images.ts'
import type { Page } from '../../browsers/node_modules/playwright-core/index.js'

/** What is seen of a page that is fed with what should do nothing. */

/** What every script of the corpus calls. */
export const RAN = 'window.scriptRan'

/** Why the browser never asks: the page's policy; or a mask of another origin, which is no matter of the policy. */
const UNASKED = new Set(['csp', 'origin'])

export interface Watched {
  /** Addresses that the page asked for, as the browser's protocol tells them; what the browser refused to ask for is left out. */
  asked: string[]
  /** Everything that only a script of somebody else's, or a fault of ours, could have caused. */
  caused: string[]
}

/** Before the page is opened. */
export async function watch(page: Page): Promise<Watched> {
  const watched: Watched = { asked: [], caused: [] }
  const { caused } = watched
  page.on('dialog', (dialog) => {
    caused.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', ({ message }) => caused.push(`error: ${message}`))
  page.on('popup', (popup) => caused.push(`window: ${popup.url()}`))
  page.on('download', (download) => caused.push(`download: ${download.url()}`))
  page.on('worker', (worker) => caused.push(`worker: ${worker.url()}`))
  page.on('crash', () => caused.push('crash'))
  await listen(page, watched)
  await page.addInitScript(keepViolations)
  return watched
}

async function listen(page: Page, { asked }: Watched): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const waiting = new Map<string, string>()
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    waiting.set(requestId, request.url)
    asked.push(request.url)
  })
  session.on('Network.loadingFailed', ({ requestId, blockedReason }) => {
    if (UNASKED.has(blockedReason ?? '')) asked.splice(asked.lastIndexOf(waiting.get(requestId) ?? ''), 1)
  })
  session.on('Network.webSocketCreated', ({ url }) => asked.push(url))
}

/** Runs in the page, before all else there. */
function keepViolations(): void {
  const kept: string[] = []
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    kept.push(`${effectiveDirective} ${blockedURI}`)
  })
  Object.assign(window, { violations: kept })
}

/** What the page's policy had to hold back, as `directive address`. */
const violationsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { violations: string[] }).violations)

/** All that, without the page's policy having had to hold anything back. */
export async function assertInnocent(page: Page, watched: Watched, during: string): Promise<void> {
  await assertHarmless(page, watched, during)
  assert.equal(await violationsOf(page), [], `${during}: nothing was held back`)
}

/** No script ran, nothing failed, and nothing was asked for but from this machine and the hosts of pictures. */
export async function assertHarmless(page: Page, { asked, caused }: Watched, during: string): Promise<void> {
  assert.equal(caused, [], `${during}: nothing happened`)
  assert.is(await page.evaluate(RAN), undefined, `${during}: no script ran`)
  assert.equal(asked.filter(isForeign), [], `${during}: nothing asked for elsewhere`)
}

function isForeign(address: string): boolean {
  const { protocol, hostname, origin } = new URL(address)
  if (protocol === 'data:' || hostname === '127.0.0.1') return false
  return origin !== `https://${hostname}` || !isImageHost(hostname)
}

export const isImageHost = (hostname: string): boolean =>
  IMAGE_HOSTS.some((host) => (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host))
