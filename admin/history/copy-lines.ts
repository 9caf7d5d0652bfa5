import { useSignal } from '@preact/signals'
import { Copy } from 'lucide'
import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { copy } from '../parts/copy.ts'
import type { Panel } from '../state/panel.ts'

export interface CopyLinesProps {
  panel: Panel
  id: string
  /** As the server is asked for them; '' = none. */
  lines: string
}

/** Puts chosen lines into the clipboard, as the text file has them: all of them, also those that are not in the page. */
export function CopyLines({ panel, id, lines }: CopyLinesProps): View {
  const busy = useSignal(false)
  const onPress = async () => {
    busy.value = true
    try {
      if (await copy(await panel.api.linesAsText(id, lines))) panel.toasts.ok(t('The lines are copied.'))
      else throw new Error(t('This browser does not let the page copy. Mark the text and copy it by hand.'))
    } catch (thrown) {
      panel.toasts.failed(thrown instanceof Error ? thrown : new Error(String(thrown)))
    } finally {
      busy.value = false
    }
  }
  return h(Button, { label: t('Copy'), icon: Copy, off: lines === '' || busy.value, onPress: () => void onPress() })
}
