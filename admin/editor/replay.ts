import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { StreamView } from '../../server/api.ts'
import { asApiError, REPLAY_SPEEDS, type ReplaySpeed } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Segments } from '../parts/field.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'

const SPEEDS = REPLAY_SPEEDS.map((speed) => ({ value: String(speed), label: `×${speed}` }))

/** A past stream in the preview, in its own rhythm or faster. */
export function ReplayTool({ panel, overlayId }: { panel: Panel; overlayId: string }): View | null {
  const streams = useMemo(() => new Resource<StreamView[]>(async () => (await panel.api.streams(null)).items), [])
  useEffect(() => void streams.load(), [])
  const picked = useSignal('')
  const speed = useSignal('2')
  const items = (streams.value ?? []).filter(({ messages }) => messages > 0)
  if (items.length === 0) return null
  const stream = picked.value || (items[0]?.id ?? '')
  const onChange = ({ currentTarget }: Event) => {
    picked.value = (currentTarget as HTMLSelectElement).value
  }
  const onPick = (value: string) => {
    speed.value = value
  }
  const replay = (id: string | null) => {
    const ask = id === null ? null : { stream: id, speed: Number(speed.value) as ReplaySpeed }
    panel.api.replay(overlayId, ask).catch((thrown: unknown) => panel.toasts.failed(asApiError(thrown)))
  }
  return html`
    <div class="replay" role="group" aria-label=${t('Replay a stream')}>
      <select id="replay" aria-label=${t('Past stream')} value=${stream} onChange=${onChange}>
        ${items.map(({ id, title, startedAt }) => html`<option value=${id}>${title || t('Untitled stream')}, ${dayAndTime(startedAt)}</option>`)}
      </select>
      ${h(Segments<string>, { label: t('Speed'), options: SPEEDS, value: speed.value, onPick })}
      ${h(Button, { label: t('Replay'), onPress: () => replay(stream) })}
      ${h(Button, { label: t('Stop'), tone: 'ghost', onPress: () => replay(null) })}
    </div>
  `
}
