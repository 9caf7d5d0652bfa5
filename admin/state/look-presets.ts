import type { SettingsChange } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'

export interface LookPreset {
  label: string
  change: SettingsChange
}

/** Several settings at one press. */
export function presetsOf(platforms: Iterable<About>): LookPreset[] {
  return [
    {
      label: 'High legibility',
      change: {
        theme: 'captions',
        fontFamily: 'atkinson',
        fontSize: 36,
        fontWeight: 700,
        textColor: '#ffffff',
        nameColor: 'adjusted',
        panelColor: '#000000',
        panelOpacity: 100,
      },
    },
    { label: 'No platform marks', change: { showPlatform: 'none' } },
    ...[...platforms].map(({ id, label }) => ({ label: `${label} only`, change: { platforms: [id] } })),
  ]
}
