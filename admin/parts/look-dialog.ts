import { type Signal, useSignal } from '@preact/signals'
import { h } from 'preact'
import type { OverlayView } from '../../server/api.ts'
import { type ChosenSettings, type OverlaySettings, SETTINGS, type Theme } from '../../server/look.ts'
import { resolveSettings } from '../../server/look-themes.ts'
import { html, type View } from '../html.ts'
import { previewAddress, sizeWarning } from '../state/look.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Dialog } from './dialog.ts'
import { Field, Segments, Toggle } from './field.ts'
import { FormError, useForm } from './form.ts'

const THEMES: Record<Theme, string> = SETTINGS.theme.values
const THEME_OPTIONS = (Object.keys(THEMES) as Theme[]).map((value) => ({ value, label: THEMES[value] }))
type NameColor = OverlaySettings['nameColor']
const NAME_COLORS: Record<NameColor, string> = SETTINGS.nameColor.values
const COLOR_OPTIONS = (Object.keys(NAME_COLORS) as NameColor[]).map((value) => ({ value, label: NAME_COLORS[value] }))

export interface LookDialogProps {
  panel: Panel
  overlay: OverlayView
  onClose: () => void
}

/** How one overlay looks, beside the real page with sample messages. OBS changes when it is saved. */
export function LookDialog({ panel, overlay, onClose }: LookDialogProps): View {
  const draft = useSignal<ChosenSettings>(overlay.settings)
  const form = useForm(async () => {
    const saved = await panel.api.patchOverlay(overlay.id, draft.value)
    panel.overlays.set((panel.overlays.value ?? []).map((other) => (other.id === saved.id ? saved : other)))
    onClose()
    panel.toasts.ok('The overlay has its new look.')
  })
  return h(
    Dialog,
    { id: 'look', title: 'Look of the overlay', onClose, wide: true },
    html`
      <form class="look" onSubmit=${form.onSubmit} novalidate>
        <div class="form">
          ${h(Choices, { draft, complaints: form.fields.value })}
          ${h(FormError, { form })}
          <div class="dialog-foot">
            ${h(Button, { label: 'Cancel', onPress: onClose })}
            ${h(Button, { label: 'Save and show in OBS', tone: 'primary', submit: true, off: form.busy.value })}
          </div>
        </div>
        <div class="still">
          <iframe title="Preview with sample messages" src=${previewAddress(resolveSettings(draft.value))} sandbox="allow-scripts"></iframe>
        </div>
      </form>
    `,
  )
}

interface ChoicesProps {
  draft: Signal<ChosenSettings>
  complaints: Record<string, string>
}

function Choices({ draft, complaints }: ChoicesProps): View {
  const set = (change: ChosenSettings) => {
    draft.value = { ...draft.value, ...change }
  }
  const look = resolveSettings(draft.value)
  const { theme, nameColor, fontSize, maxMessages, lifetime } = look
  return html`
    ${h(Segments<Theme>, { label: 'Theme', options: THEME_OPTIONS, value: theme, onPick: (picked) => set({ theme: picked }) })}
    <div class="field-row">
      ${number('look-size', 'Text size, px', fontSize, [12, 96], (value) => set({ fontSize: value }), complaints.fontSize, sizeWarning(fontSize))}
      ${number('look-max', 'Messages', maxMessages, [1, 100], (value) => set({ maxMessages: value }), complaints.maxMessages)}
      ${number('look-life', 'Seconds, 0 = stay', lifetime, [0, 600], (value) => set({ lifetime: value }), complaints.lifetime)}
    </div>
    <div class="field">
      <p class="label">Name colours</p>
      ${h(Segments<NameColor>, { label: 'Name colours', options: COLOR_OPTIONS, value: nameColor, onPick: (picked) => set({ nameColor: picked }) })}
    </div>
    <div class="toggles">
      ${h(Toggle, { label: 'Badges', on: look.showBadges !== 'none', onSwitch: (on) => set({ showBadges: on ? 'image' : 'none' }) })}
      ${h(Toggle, { label: 'Hide commands', on: look.hideCommands, onSwitch: (on) => set({ hideCommands: on }) })}
      ${h(Toggle, { label: 'Hide bots', on: look.hideBots, onSwitch: (on) => set({ hideBots: on }) })}
      ${h(Toggle, { label: 'Show simulated messages', on: look.simulated, onSwitch: (on) => set({ simulated: on }) })}
    </div>
  `
}

function number(
  id: string,
  label: string,
  value: number,
  [min, max]: [number, number],
  set: (value: number) => void,
  error?: string,
  hint?: string,
): View {
  const onChange = (event: Event) => {
    const typed = Math.round(Number((event.currentTarget as HTMLInputElement).value))
    if (Number.isFinite(typed)) set(Math.min(max, Math.max(min, typed)))
  }
  const control = (tied: object) =>
    html`<input type="number" min=${min} max=${max} step="1" ...${tied} value=${value} onChange=${onChange} />`
  return h(Field, { id, label, error, hint, control })
}
