import type { ClientInfo } from '../server/protocol.ts'

/** What the page can tell about where it runs. Inside OBS there is `window.obsstudio`; a hostile page can claim the same. */

interface ObsStudio {
  pluginVersion?: unknown
  /** Its answer may never come. */
  getStatus?: unknown
}
declare global {
  interface Window {
    obsstudio?: ObsStudio
  }
}

const MAX_VERSION = 40

export function describeClient(page: Window): ClientInfo {
  const engine = /Chrome\/(\d+)/.exec(page.navigator.userAgent)?.[1]
  const name = `${page.innerWidth}×${page.innerHeight}${engine ? `, Chromium ${engine}` : ''}`
  const obs = obsVersion(page)
  return obs === null ? { name } : { name, obs }
}

/** OBS's browser plugin version, read without calling anything: its calls may never answer. */
function obsVersion(page: Window): string | null {
  const version = page.obsstudio?.pluginVersion
  return typeof version === 'string' && version !== '' ? version.slice(0, MAX_VERSION) : null
}
