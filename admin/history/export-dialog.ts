import { type Signal, useSignal } from '@preact/signals'
import { Download as DownloadIcon } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { EXPORTS, type ExportFormat, type ExportOptions, type ExportScope, exportAddress } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { Field, TextField, Toggle } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Download, saveFile } from '../state/download.ts'
import type { Panel } from '../state/panel.ts'
import { typedNumber } from '../state/typed-number.ts'
import { bytes as size } from '../state/units.ts'

/** As far as the server takes it. */
const MAX_OFFSET_S = 86_400

/** Something that can be saved, in words and as the server is asked for it. */
export interface ExportChoice extends ExportScope {
  label: string
  withoutSimulated?: boolean
}
export interface ExportDialogProps {
  panel: Panel
  /** The first one is offered first. */
  choices: readonly [ExportChoice, ...ExportChoice[]]
  onClose: () => void
}
type Draft = Omit<ExportOptions, 'offset'> & { chosen: number; offset: string }

/** Saves a transcript, or what a search finds, as a file. */
export function ExportDialog({ panel, choices, onClose }: ExportDialogProps): View {
  const [first] = choices
  const draft = useSignal<Draft>({
    ...{ chosen: 0, format: 'txt', offset: '0' },
    ...{ withoutRemoved: false, withoutSimulated: first.withoutSimulated ?? false, pseudonyms: false },
  })
  const download = useMemo(() => new Download({ fetch: (...ask) => fetch(...ask), save: saveFile, now: Date.now }), [])
  useEffect(() => () => download.cancel(), [])
  const scope = choices[draft.value.chosen] ?? first
  const run = async () => {
    const { chosen: _, offset, ...options } = draft.value
    const seconds = isSubtitle(options.format) ? secondsOf(offset) : 0
    const address = exportAddress(scope, { ...options, offset: seconds ?? 0 }, panel.works.named)
    if (!(await download.start(address))) return
    panel.toasts.ok(t('The file is saved.'))
    onClose()
  }
  const form = useForm(run, () => complaints(draft.value))
  return h(
    Dialog,
    { id: 'export', title: t('Export'), onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit} novalidate>
        ${choices.length > 1 ? h(ScopeField, { choices, draft }) : html`<p class="muted"><bdi>${first.label}</bdi></p>`}
        ${h(FormatField, { draft, recording: scope.stream !== null })}
        ${isSubtitle(draft.value.format) && h(OffsetField, { draft, error: form.fields.value.offset })}
        ${h(OptionFields, { draft })}
        ${h(FormError, { form })}
        ${h(Foot, { download, busy: form.busy.value, onClose })}
      </form>
    `,
  )
}

function ScopeField({ choices, draft }: { choices: readonly ExportChoice[]; draft: Signal<Draft> }): View {
  const pick = (chosen: number) => () => {
    const withoutSimulated = choices[chosen]?.withoutSimulated ?? false
    draft.value = { ...draft.value, chosen, withoutSimulated }
  }
  return html`
    <fieldset class="export-scope">
      <legend>${t('What')}</legend>
      ${choices.map(
        (choice, nth) => html`
          <label><input type="radio" name="export-scope" checked=${draft.value.chosen === nth} onChange=${pick(nth)} /><bdi>${choice.label}</bdi></label>
        `,
      )}
    </fieldset>
  `
}

function FormatField({ draft, recording }: { draft: Signal<Draft>; recording: boolean }): View {
  const offered = EXPORTS.filter(({ format }) => recording || !isSubtitle(format))
  const onChange = (event: Event) => {
    const picked = (event.currentTarget as HTMLSelectElement).value
    const found = offered.find(({ format }) => format === picked)
    if (found !== undefined) draft.value = { ...draft.value, format: found.format }
  }
  return h(Field, {
    id: 'export-format',
    label: t('Format'),
    hint: hintOf(draft.value.format),
    control: (tied) => html`
      <select ...${tied} value=${draft.value.format} onChange=${onChange} autofocus>${offered.map(({ format, label }) => html`<option value=${format}>${t(label)}</option>`)}</select>
    `,
  })
}

function OffsetField({ draft, error }: { draft: Signal<Draft>; error: string | undefined }): View {
  return h(TextField, {
    id: 'export-offset',
    label: t('Offset in seconds'),
    hint: t('Added to every time. Negative where the recording began after the stream did: −12.5.'),
    value: draft.value.offset,
    onText: (offset) => {
      draft.value = { ...draft.value, offset }
    },
    error,
    input: { inputmode: 'text', autocomplete: 'off', maxlength: 10 },
  })
}

function OptionFields({ draft }: { draft: Signal<Draft> }): View {
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change }
  }
  const { withoutRemoved, withoutSimulated, pseudonyms, format } = draft.value
  return html`
    <div class="export-options">
      ${!isSubtitle(format) && h(Toggle, { label: t('Leave out what was removed'), on: withoutRemoved, onSwitch: (on) => set({ withoutRemoved: on }) })}
      ${h(Toggle, { label: t('Leave out simulated'), on: withoutSimulated, onSwitch: (on) => set({ withoutSimulated: on }) })}
      ${h(Toggle, { id: 'export-names', label: t('Numbers instead of names'), hint: t('“Viewer 7”, the same for a person throughout the file, also where others write the name.'), on: pseudonyms, onSwitch: (on) => set({ pseudonyms: on }) })}
    </div>
  `
}

function Foot({ download, busy, onClose }: { download: Download; busy: boolean; onClose: () => void }): View {
  const bytes = download.bytes.value
  return html`
    ${bytes !== null && html`<p class="export-progress" role="status"><progress aria-label=${t('Export')}></progress><span>${bytes === 0 ? t('Reading …') : t('{size} so far', { size: size(bytes) })}</span></p>`}
    <div class="dialog-foot">
      ${busy ? h(Button, { label: t('Stop'), onPress: () => download.cancel() }) : h(Button, { label: t('Cancel'), onPress: onClose })}
      ${h(Button, { label: t('Save file'), icon: DownloadIcon, tone: 'primary', submit: true, off: busy })}
    </div>
  `
}

function hintOf(wanted: ExportFormat): string | undefined {
  const hint = EXPORTS.find(({ format }) => format === wanted)?.hint
  return hint && t(hint)
}

function isSubtitle(format: ExportFormat): boolean {
  return format === 'srt' || format === 'vtt'
}

function complaints({ format, offset }: Draft): Record<string, string> {
  if (!isSubtitle(format) || secondsOf(offset) !== null) return {}
  return { offset: t('Enter seconds, at most a day, such as 3 or −12.5.') }
}

/** Null = no such number. */
function secondsOf(typed: string): number | null {
  const seconds = typed.trim() === '' ? 0 : typedNumber(typed)
  return seconds !== null && Math.abs(seconds) <= MAX_OFFSET_S ? seconds : null
}
