import type { SettingsChange } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'
import { t } from '../language/words.ts'

export interface LookPreset {
  label: string
  change: SettingsChange
}

/** Several settings at one press. */
export function presetsOf(platforms: Iterable<About>): LookPreset[] {
  return [
    {
      label: t('High legibility'),
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
    { label: t('No platform marks'), change: { showPlatform: 'none' } },
    ...[...platforms].map(({ id, label }) => ({
      label: t('{platform} only', { platform: label }),
      change: { platforms: [id] },
    })),
  ]
}
