import { useSignal } from '@preact/signals'
import { Check, EyeOff, Inbox } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { HeldView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Ago } from '../parts/ago.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Toggle } from '../parts/field.ts'
import { Mark } from '../parts/mark.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { Words } from '../parts/words.ts'
import { duration } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { hiddenBecause } from '../state/rules.ts'
import type { EditingProps } from './rules.ts'
import { Title } from './words.ts'

type Decision = 'release' | 'refuse'
type Held = HeldView['items'][number]

/** What waits for a moderator. */
export function Queue({ panel, editing }: EditingProps): View {
  const held = useMemo(() => new Resource<HeldView>(panel.api.held), [])
  const { epoch, status } = panel.feed.value
  // Another queue than before: fetched anew.
  useEffect(() => void held.load(), [epoch, status?.held.changes])
  const loaded = held.now.value
  return h(
    Card,
    { id: 'queue', title: h(Title, { id: 'part-queue', text: t('Waiting for you') }) },
    h(HoldAll, { panel, editing }),
    loaded.state === 'loading' && h(Skeleton, { rows: 4 }),
    loaded.state === 'failed' &&
      h(Failed, { what: t('The queue could not be loaded.'), error: loaded.error, again: () => void held.load() }),
    loaded.state === 'ready' && h(List, { panel, held, view: loaded.value }),
  )
}

/** Holds at once: nobody has the time to save in a raid. */
function HoldAll({ panel, editing }: EditingProps): View {
  const { everything } = editing.saved
  /** What the switch shows until the server has answered. */
  const wanted = useSignal<boolean | null>(null)
  const onSwitch = (on: boolean) => {
    if (wanted.value !== null) return
    wanted.value = on
    void editing
      .saveAlone({ everything: on })
      .catch((error: Error) => panel.toasts.failed(error))
      .finally(() => (wanted.value = null))
  }
  return h(Toggle, {
    id: 'hold-all',
    label: t('Hold everything'),
    hint: t(
      'Nothing that people write is shown before you release it. Holds at once. Links, first messages and words can be held under Filters and Words.',
    ),
    on: wanted.value ?? everything,
    onSwitch,
  })
}

function List({ panel, held, view }: { panel: Panel; held: Resource<HeldView>; view: HeldView }): View {
  /** What is being decided. Others can be decided meanwhile: whoever works through a long queue does not wait for answers. */
  const busy = useSignal<ReadonlySet<string>>(new Set())
  const { items, count, max, keepMs } = view
  const decide = (id: string, how: Decision) => {
    if (busy.value.has(id)) return
    busy.value = new Set([...busy.value, id])
    focusNext(id)
    void panel.api[how](id)
      .catch((error: Error) => panel.toasts.failed(error))
      .finally(async () => {
        await held.load()
        busy.value = new Set([...busy.value].filter((each) => each !== id))
      })
  }
  if (items.length === 0) return h(Empty, { icon: Inbox, text: t('Nothing waits for you.') })
  return html`
    <p class="muted">${t('A message waits {time} at most, and only the newest {n} do; what falls out stays hidden. On a message A releases it, H keeps it hidden.', { time: duration(keepMs), n: max })}</p>
    <ul class="lines">${items.map((item) => h(Line, { key: item.event.id, panel, item, decide, busy: busy.value.has(item.event.id) }))}</ul>
    ${count > items.length && html`<p class="muted">${tn(count - items.length, '{n} more message waits after these.', '{n} more messages wait after these.')}</p>`}
  `
}

interface LineProps {
  panel: Panel
  item: Held
  decide: (id: string, how: Decision) => void
  busy: boolean
  key?: string
}

function Line({ panel, item: { event, rule, since }, decide, busy }: LineProps): View {
  const { panic } = panel.feed.value
  const name = event.author?.name
  const says = name === undefined ? unsigned() : signed(name)
  const onKeyDown = (pressed: KeyboardEvent) => {
    if (pressed.target !== pressed.currentTarget || pressed.ctrlKey || pressed.altKey || pressed.metaKey) return
    if (pressed.key === 'a' && !panic) decide(event.id, 'release')
    else if (pressed.key === 'h') decide(event.id, 'refuse')
    else return
    pressed.preventDefault()
    pressed.stopPropagation()
  }
  return html`
    <li class="line held-line" tabindex="0" data-held=${event.id} aria-label=${says.message} onKeyDown=${onKeyDown}>
      ${h(Mark, { id: event.platform, about: panel.abouts.value.get(event.platform) })}
      <div>
        <p class="held-said">${name !== undefined && html`<strong><bdi>${name}</bdi></strong>: `}${event.kind === 'notice' && html`<bdi>${event.text}</bdi> `}${event.parts && h(Words, { parts: event.parts })}</p>
        <p class="faint">${hiddenBecause(`held:${rule}`)}, ${h(Ago, { at: since, now: panel.now.value })}</p>
      </div>
      <div class="line-acts">
        ${h(Button, { label: t('Release'), says: says.release, icon: Check, tone: 'primary', off: busy || panic, onPress: () => decide(event.id, 'release') })}
        ${h(Button, { label: t('Keep hidden'), says: says.refuse, icon: EyeOff, off: busy, onPress: () => decide(event.id, 'refuse') })}
      </div>
    </li>
  `
}

const unsigned = () => ({
  message: t('Message'),
  release: t('Release the message'),
  refuse: t('Keep hidden the message'),
})

const signed = (name: string) => ({
  message: t('Message by {name}', { name }),
  release: t('Release the message by {name}', { name }),
  refuse: t('Keep hidden the message by {name}', { name }),
})

/** Whoever works through the queue by keyboard stays in it. */
function focusNext(id: string): void {
  const lines = [...document.querySelectorAll<HTMLElement>('[data-held]')]
  const at = lines.findIndex((line) => line.dataset.held === id)
  if (!lines[at]?.contains(document.activeElement)) return
  const next = lines[at + 1] ?? lines[at - 1] ?? document.getElementById('part-queue')
  next?.focus()
}
