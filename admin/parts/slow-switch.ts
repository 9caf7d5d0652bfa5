import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { asApiError } from '../api.ts'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Toggle } from './field.ts'

/** Whether the overlays are slowed down. The switch shows what was wanted until the server has answered. */
export function SlowSwitch({ panel }: { panel: Panel }): View {
  const wanted = useSignal<boolean | null>(null)
  const onSwitch = async (on: boolean) => {
    wanted.value = on
    try {
      await panel.api.slow(on)
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    } finally {
      wanted.value = null
    }
  }
  return h(Toggle, {
    id: 'slow',
    label: t('Slow display'),
    hint: t('One message a second, moderators, money and events first. History keeps all of them.'),
    on: wanted.value ?? panel.feed.value.slow,
    onSwitch: (on) => void onSwitch(on),
  })
}
