import type { WorkplaceView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'

export interface ChannelSwitchProps {
  panel: Panel
  id: string
}

/** The channel that this window shows; a choice for whoever works in more than one. */
export function ChannelSwitch({ panel, id }: ChannelSwitchProps): View {
  const { all, here } = panel.works
  if (all.value.length < 2) return html`<span class="channel"><bdi>${here.value?.name}</bdi></span>`
  const onChange = (event: Event) => panel.works.workIn((event.currentTarget as HTMLSelectElement).value)
  return html`
    <span class="channel-switch">
      <label class="unseen" for=${id}>${t('Channel')}</label>
      <select id=${id} value=${here.value?.id} onChange=${onChange}>
        ${all.value.map((place) => html`<option key=${place.id} value=${place.id} selected=${place.id === here.value?.id}>${wordsOf(place)}</option>`)}
      </select>
    </span>
  `
}

function wordsOf({ name, role }: WorkplaceView): string {
  if (role === 'owner') return t('{name} (yours)', { name })
  return role === 'moderator' ? t('{name} (moderator)', { name }) : t('{name} (viewer)', { name })
}
