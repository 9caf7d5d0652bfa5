import type { PlatformsView, SourceChange } from '../../server/api.ts'
import type { SourceView } from '../../server/protocol.ts'
import type { Call } from './call.ts'

/** What is followed. */

export const sourceCalls = (call: Call) => ({
  platforms: () => call<PlatformsView>('GET', '/api/platforms'),
  sources: () => call<{ items: SourceView[] }>('GET', '/api/sources'),
  /** What the change does not name stays. */
  setSource: (platform: string, change: SourceChange) => call<SourceView>('PUT', `/api/sources/${platform}`, change),
  retrySource: (platform: string) => call<{ items: SourceView[] }>('POST', `/api/sources/${platform}/retry`),
  removeSource: (platform: string) => call<void>('DELETE', `/api/sources/${platform}`),
})
