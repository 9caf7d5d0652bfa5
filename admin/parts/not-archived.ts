import { useSignal } from '@preact/signals'
import { Archive, CirclePlay } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'
import { StartDialog } from './start-dialog.ts'

/** Says that what is seen here is not kept, while that is so. */
export function NotArchived({ panel }: { panel: Panel }): View | null {
  const starting = useSignal(false)
  const { stream, epoch } = panel.feed.value
  if (stream.live || epoch === null) return null
  return html`
    <div class="not-archived">
      ${h(Icon, { icon: Archive })}
      <p>No stream running. Messages are shown but not archived.</p>
      ${h(Button, {
        label: 'Start stream',
        icon: CirclePlay,
        onPress: () => {
          starting.value = true
        },
      })}
      ${
        starting.value &&
        h(StartDialog, {
          panel,
          onClose: () => {
            starting.value = false
          },
        })
      }
    </div>
  `
}
