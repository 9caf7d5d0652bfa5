import { CROWD, LONG_REST_MS, Pace } from '../../workers/pace.ts'
import { isSecure } from '../auth/addresses.ts'
import { HookKeys } from '../auth/hook-keys.ts'
import { DockKeys, OverlayKeys, PreviewKeys } from '../auth/keys.ts'
import { Notes } from '../auth/notes.ts'
import { Passwords } from '../auth/passwords.ts'
import { PanelSessions } from '../auth/sessions.ts'
import { Vault } from '../auth/vault.ts'
import { Welcomes } from '../channels/welcomes.ts'
import type { Ground } from './ground.ts'

export type Keys = ReturnType<typeof openKeys>

/** What lets somebody in, and what keeps the secrets of others. */
export function openKeys({ config, stores, seal, clock }: Ground) {
  const notes = new Notes()
  return {
    notes,
    passwords: new Passwords(),
    pace: new Pace(LONG_REST_MS, () => true, CROWD),
    welcomes: new Welcomes(),
    overlayKeys: new OverlayKeys(seal),
    previewKeys: new PreviewKeys(seal),
    dockKeys: new DockKeys(seal),
    hookKeys: new HookKeys(seal),
    vault: new Vault(seal),
    sessions: new PanelSessions(stores, seal, isSecure(config), clock, notes),
  }
}
