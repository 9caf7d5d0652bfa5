import { useSignal } from '@preact/signals'
import { Pause, Play } from 'lucide'
import { h } from 'preact'
import type { PreviewAct } from '../api.ts'
import { asApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import type { Panel } from '../state/panel.ts'
import { ReplayTool } from './replay.ts'

/** What strains a look, most usual first. */
const ACTS: readonly [PreviewAct, Text][] = [
  ['burst', 'Burst of 20'],
  ['longName', 'Long name'],
  ['longWord', 'Long word'],
  ['rightToLeft', 'Right to left'],
  ['emoteWall', 'Emote wall'],
  ['superchat', 'Super chat'],
  ['raid', 'Raid'],
  ['remove', 'Mod hides the last'],
  ['disconnect', 'Line breaks'],
]

export function StressTools({ panel, overlayId }: { panel: Panel; overlayId: string }): View {
  const playing = useSignal(true)
  const act = (what: PreviewAct) => {
    panel.api.previewAct(overlayId, what).catch((thrown: unknown) => panel.toasts.failed(asApiError(thrown)))
  }
  const toggle = () => {
    playing.value = !playing.value
    act(playing.value ? 'play' : 'pause')
  }
  return html`
    <div class="try-out" role="group" aria-label=${t('Try the draft')}>
      ${h(Button, { label: playing.value ? t('Pause') : t('Play'), icon: playing.value ? Pause : Play, onPress: toggle })}
      ${ACTS.map(([what, label]) => h(Button, { label: t(label), onPress: () => act(what) }))}
    </div>
    ${h(ReplayTool, { panel, overlayId })}
  `
}
