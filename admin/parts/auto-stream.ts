import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { asApiError } from '../api.ts'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import type { AccountProps } from './account.ts'
import { Toggle } from './field.ts'

/** Whether the stream here follows the broadcast there. The switch shows what was wanted until the server has answered. */
export function AutoStream({ panel, about, view }: AccountProps): View {
  const wanted = useSignal<boolean | null>(null)
  const onSwitch = async (on: boolean) => {
    wanted.value = on
    try {
      await panel.sources.set(about.id, { autoStream: on })
    } catch (thrown) {
      panel.toasts.failed(asApiError(thrown))
    } finally {
      wanted.value = null
    }
  }
  return h(Toggle, {
    label: t('Start and end the stream with {platform}', { platform: about.label }),
    on: wanted.value ?? view.autoStream,
    onSwitch: (on) => void onSwitch(on),
  })
}
