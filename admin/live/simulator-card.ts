import { type Signal, useSignal } from '@preact/signals'
import { Dices, Send } from 'lucide'
import { h } from 'preact'
import { useRef } from 'preact/hooks'
import type { PlatformsView } from '../../server/api.ts'
import type { Kind, Sample } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Burst } from '../parts/burst.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Field, Segments, TextField } from '../parts/field.ts'
import { FormError, type FormState, useForm } from '../parts/form.ts'
import { Mark } from '../parts/mark.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import {
  AMOUNT_LABELS,
  another,
  kindOf,
  LINES,
  NAMES,
  SIMULATED_ROLES,
  type SimulatedRole,
} from '../state/simulator.ts'

export function SimulatorCard({ panel }: { panel: Panel }): View {
  const loaded = panel.platforms.now.value
  return h(
    Card,
    { id: 'simulator', title: t('Simulator'), class: 'simulator-card' },
    loaded.state === 'loading' && h(Skeleton, { rows: 4 }),
    loaded.state === 'failed' &&
      h(Failed, {
        what: t('The platforms could not be loaded.'),
        error: loaded.error,
        again: () => void panel.platforms.load(),
      }),
    loaded.state === 'ready' && h(Single, { panel, platforms: loaded.value }),
    loaded.state === 'ready' && h(Burst, { panel, platforms: loaded.value }),
  )
}

interface Draft {
  platform: string
  kind: Kind
  name: string
  text: string
  color: string
  roles: readonly SimulatedRole[]
  amount: number
}
const MAX_NAME = 50
const MAX_TEXT = 500

function Single({ panel, platforms }: { panel: Panel; platforms: PlatformsView }): View {
  const draft = useSignal<Draft>({
    platform: platforms.items[0]?.id ?? '',
    kind: 'message',
    name: NAMES[0],
    text: LINES[0],
    color: '#9d90ff',
    roles: [],
    amount: 5,
  })
  const text = useRef<HTMLTextAreaElement>(null)
  const form = useForm(
    async () => {
      await panel.api.sendSample(sampleOf(draft.value))
      text.current?.select()
    },
    (): Record<string, string> => (draft.value.name.trim() === '' ? { name: t('Give the person a name.') } : {}),
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    ;(event.currentTarget as HTMLFormElement).requestSubmit()
  }
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change }
  }
  return html`
    <form class="form" onSubmit=${form.onSubmit} onKeyDown=${onKeyDown} novalidate>
      ${h(Where, { platforms, draft, set })}
      ${h(Who, { draft, set, form })}
      ${h(What, { draft, set, form, text })}
      ${h(FormError, { form })}
      <div class="send-row">
        <span class="faint"><kbd>${t('Ctrl')}</kbd> <kbd>${t('Enter')}</kbd></span>
        ${h(Button, { label: t('Send'), icon: Send, tone: 'primary', submit: true, off: form.busy.value })}
      </div>
    </form>
  `
}

export function sampleOf({ platform, kind, name, text, color, roles, amount }: Draft): Sample {
  const sample: Sample = { platform, kind, name: name.trim(), text, color, roles: [...roles] }
  return AMOUNT_LABELS[kind] === undefined ? sample : { ...sample, amount }
}

interface PieceProps {
  draft: Signal<Draft>
  set: (change: Partial<Draft>) => void
}

function Where({ platforms, draft, set }: PieceProps & { platforms: PlatformsView }): View {
  const about = platforms.items.find(({ id }) => id === draft.value.platform)
  const kinds = about?.samples ?? []
  const pick = (platform: string) => {
    const samples = platforms.items.find(({ id }) => id === platform)?.samples ?? []
    set({ platform, kind: samples.includes(draft.value.kind) ? draft.value.kind : (samples[0] ?? 'message') })
  }
  const options = platforms.items.map((item) => ({
    value: item.id,
    label: item.label,
    picture: h(Mark, { id: item.id, about: item, quiet: true }),
  }))
  const onChange = (event: Event) => set({ kind: (event.currentTarget as HTMLSelectElement).value as Kind })
  return html`
    ${h(Segments, { label: t('Platform'), options, value: draft.value.platform, onPick: pick, class: 'segments-marks' })}
    ${h(Field, {
      id: 'sim-kind',
      label: t('Kind'),
      control: (tied) => html`
        <select ...${tied} value=${draft.value.kind} onChange=${onChange}>
          ${kinds.map((kind) => html`<option value=${kind}>${kindOf(kind)}</option>`)}
        </select>
      `,
    })}
  `
}

function Who({ draft, set, form }: PieceProps & { form: FormState }): View {
  const roll = () =>
    set({
      name:
        another(
          NAMES,
          NAMES.find((name) => name === draft.value.name),
          Math.random,
        ) ?? NAMES[0],
    })
  const toggle = (role: SimulatedRole) => {
    const { roles } = draft.value
    set({ roles: roles.includes(role) ? roles.filter((other) => other !== role) : [...roles, role] })
  }
  const onColor = (event: InputEvent) => set({ color: (event.currentTarget as HTMLInputElement).value })
  return html`
    <div class="who-row">
      ${h(TextField, {
        id: 'sim-name',
        label: t('Name'),
        value: draft.value.name,
        onText: (name) => set({ name }),
        error: form.fields.value.name,
        input: { maxlength: MAX_NAME, autocomplete: 'off', spellcheck: false },
      })}
      ${h(Button, { label: t('Roll another name'), icon: Dices, bare: true, onPress: roll })}
      <input type="color" class="swatch" aria-label=${t('Colour of the name')} title=${t('Colour of the name')} value=${draft.value.color} onInput=${onColor} />
    </div>
    <div class="role-toggles" role="group" aria-label=${t('Badges')}>
      ${SIMULATED_ROLES.map(
        (role) => html`
          <button type="button" class="badge-toggle" data-badge=${role} aria-pressed=${draft.value.roles.includes(role) ? 'true' : 'false'} onClick=${() => toggle(role)}>
            ${role.toUpperCase()}
          </button>
        `,
      )}
    </div>
  `
}

function What({
  draft,
  set,
  form,
  text,
}: PieceProps & { form: FormState; text: { current: HTMLTextAreaElement | null } }): View {
  const amount = AMOUNT_LABELS[draft.value.kind]
  const onAmount = (event: Event) => {
    const typed = Math.round(Number((event.currentTarget as HTMLInputElement).value))
    set({ amount: Math.min(1_000_000, Math.max(1, typed || 1)) })
  }
  return html`
    ${
      amount !== undefined &&
      h(Field, {
        id: 'sim-amount',
        label: t(amount),
        error: form.fields.value.amount,
        control: (tied) =>
          html`<input type="number" min="1" max="1000000" ...${tied} value=${draft.value.amount} onChange=${onAmount} />`,
      })
    }
    ${h(Field, {
      id: 'sim-text',
      label: t('Message'),
      error: form.fields.value.text,
      control: (tied) => html`
        <textarea ref=${text} rows="2" maxlength=${MAX_TEXT} ...${tied} value=${draft.value.text} onInput=${(
          event: InputEvent,
        ) => set({ text: (event.currentTarget as HTMLTextAreaElement).value })}></textarea>
      `,
    })}
  `
}
