import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { VersionView } from '../../server/api.ts'
import { SETTINGS } from '../../server/look.ts'
import { resolveSettings } from '../../server/look-themes.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, machineTime } from '../state/format.ts'
import type { Editing } from '../state/look-editing.ts'
import type { Pushing } from '../state/look-pushing.ts'
import { lookWord } from '../state/look-words.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'

export interface VersionsDialogProps {
  panel: Panel
  overlayId: string
  editing: Editing
  pushing: Pushing
  onClose: () => void
}

/** What was on air before; one press brings it into the draft. */
export function VersionsDialog({ panel, overlayId, editing, pushing, onClose }: VersionsDialogProps): View {
  const versions = useMemo(() => new Resource(async () => (await panel.api.versions(overlayId)).items), [])
  useEffect(() => void versions.load(), [])
  const loaded = versions.now.value
  const restore = (version: VersionView) => {
    editing.replace(version.settings, version.id)
    onClose()
    const when = dayAndTime(version.publishedAt)
    panel.toasts.ok(
      pushing.on.value
        ? t('The look of {when} is in the draft. It goes on air.', { when })
        : t('The look of {when} is in the draft. Publish it to show it on air.', { when }),
    )
  }
  const again = () => void versions.load()
  return h(
    Dialog,
    { id: 'versions', title: t('Published looks'), onClose },
    html`
      <p class="muted">${pushing.on.value ? t('The last 20. Restoring one changes the draft; as you push while you edit, it goes on air at once.') : t('The last 20. Restoring one changes the draft; nothing on air changes until you publish.')}</p>
      ${loaded.state === 'loading' && h(Skeleton, { rows: 4 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('They could not be loaded.'), error: loaded.error, again })}
      ${loaded.state === 'ready' && h(List, { items: loaded.value, restore })}
    `,
  )
}

function List({ items, restore }: { items: VersionView[]; restore: (version: VersionView) => void }): View {
  if (items.length === 0) return html`<p>${t('None yet. Each time you publish, the look is kept here.')}</p>`
  return html`
    <ol class="versions">
      ${items.map((version, nth) => {
        const { theme, fontSize } = resolveSettings(version.settings)
        const when = dayAndTime(version.publishedAt)
        const chosen = Object.keys(version.settings).length
        const shape = { theme: lookWord(SETTINGS.theme.values[theme]), size: fontSize }
        return html`
          <li>
            <div>
              <p><time datetime=${machineTime(version.publishedAt)}>${when}</time>${nth === 0 && html` <span class="scope">${t('Newest')}</span>`}</p>
              <p class="faint">${tn(chosen, '{theme}, {size} px, {n} setting chosen', '{theme}, {size} px, {n} settings chosen', shape)}</p>
            </div>
            ${h(Button, { label: t('Restore'), onPress: () => restore(version) })}
          </li>
        `
      })}
    </ol>
  `
}
