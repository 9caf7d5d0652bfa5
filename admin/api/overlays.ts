import type { DockView, LookView, OverlayView, ReloadView, VersionView } from '../../server/api.ts'
import type { SettingsChange } from '../../server/look.ts'
import type { DemoAct, DockScope } from '../../server/protocol.ts'
import type { Call } from './call.ts'

/** Overlays, how they look, and docks. */

export type PreviewAct = DemoAct | 'disconnect'
export const REPLAY_SPEEDS = [1, 2, 8] as const
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number]
export const overlayCalls = (call: Call) => ({
  overlays: () => call<{ items: OverlayView[] }>('GET', '/api/overlays'),
  reloadOverlay: (id: string) => call<ReloadView>('POST', `/api/overlays/${id}/reload`),
  overlay: (id: string) => call<OverlayView>('GET', `/api/overlays/${id}`),
  createOverlay: (name?: string, settings?: SettingsChange) =>
    call<OverlayView>('POST', '/api/overlays', { name, settings }),
  renameOverlay: (id: string, name: string) => call<OverlayView>('PATCH', `/api/overlays/${id}`, { name }),
  deleteOverlay: (id: string) => call<void>('DELETE', `/api/overlays/${id}`),
  draft: (id: string) => call<LookView>('GET', `/api/overlays/${id}/draft`),
  /** The settings may come from a file: the server checks them. */
  putDraft: (id: string, revision: number, settings: unknown) =>
    call<LookView>('PUT', `/api/overlays/${id}/draft`, { revision, settings }),
  /** Looks of one sitting are kept as one version. */
  publish: (id: string, revision: number, sitting?: string) =>
    call<{ overlay: OverlayView; look: LookView }>('POST', `/api/overlays/${id}/publish`, { revision, sitting }),
  versions: (id: string) => call<{ items: VersionView[] }>('GET', `/api/overlays/${id}/versions`),
  previewAct: (id: string, act: PreviewAct) => call<void>('POST', `/api/overlays/${id}/preview`, { act }),
  replay: (id: string, replay: { stream: string; speed: ReplaySpeed } | null) =>
    call<void>('POST', `/api/overlays/${id}/preview`, { replay }),
  rotateOverlay: (id: string) => call<OverlayView>('POST', `/api/overlays/${id}/rotate`),
  docks: () => call<{ items: DockView[] }>('GET', '/api/docks'),
  createDock: (body: { name: string; scope: DockScope }) => call<DockView>('POST', '/api/docks', body),
  rotateDock: (id: string) => call<DockView>('POST', `/api/docks/${id}/rotate`),
  deleteDock: (id: string) => call<void>('DELETE', `/api/docks/${id}`),
})
