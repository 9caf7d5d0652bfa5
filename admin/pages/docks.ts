import { useSignal } from '@preact/signals'
import { PanelRight, Plus } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { DockView } from '../../server/api.ts'
import type { DockScope } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { DockLine } from '../parts/dock-line.ts'
import { Segments, TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { useTitle } from './page.ts'

const SCOPES: readonly { value: DockScope; label: string }[] = [
  { value: 'read', label: 'Read' },
  { value: 'moderate', label: 'Moderate' },
  { value: 'control', label: 'Control' },
]
const MEANS: Readonly<Record<DockScope, string>> = {
  read: 'Sees the chat, and nothing else.',
  moderate: 'Hides and shows messages, features one, empties the overlays.',
  control: 'Does that too, starts and ends streams, and sends test messages.',
}

export function Docks({ panel }: { panel: Panel }): View {
  useTitle('Docks')
  const docks = useMemo(() => new Resource<DockView[]>(async () => (await panel.api.docks()).items), [])
  useEffect(() => void docks.load(), [])
  const loaded = docks.now.value
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">Docks</h1>
        <p class="muted">A dock shows your chat inside OBS, with buttons to moderate it. Whoever has its address can do what it may.</p>
        <ol class="steps">
          <li>Make a dock and copy its address.</li>
          <li>In OBS open Docks, then Custom Browser Docks.</li>
          <li>Give it a name, paste the address as URL, press Apply.</li>
        </ol>
      </header>
      ${h(NewDock, { panel, docks })}
      ${loaded.state === 'loading' && h(Skeleton, { rows: 3 })}
      ${loaded.state === 'failed' && h(Failed, { what: 'The docks could not be loaded.', error: loaded.error, again: () => void docks.load() })}
      ${loaded.state === 'ready' && h(DockList, { panel, docks, list: loaded.value })}
    </div>
  `
}

function NewDock({ panel, docks }: { panel: Panel; docks: Resource<DockView[]> }): View {
  const name = useSignal('')
  const scope = useSignal<DockScope>('moderate')
  const form = useForm(
    async () => {
      await panel.api.createDock({ name: name.value.trim(), scope: scope.value })
      name.value = ''
      await docks.load()
    },
    (): Record<string, string> => (name.value.trim() === '' ? { name: 'Give the dock a name.' } : {}),
  )
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>New dock</h2>
      ${h(TextField, {
        id: 'dock-name',
        label: 'Name',
        hint: 'Who will use it, so that you know which one to withdraw later.',
        value: name.value,
        onText: (text) => {
          name.value = text
        },
        error: form.fields.value.name,
        input: { maxlength: 50, autocomplete: 'off' },
      })}
      <div class="field">
        ${h(Segments<DockScope>, {
          label: 'What it may do',
          options: SCOPES,
          value: scope.value,
          onPick: (value) => {
            scope.value = value
          },
        })}
        <p class="field-hint">${MEANS[scope.value]}</p>
      </div>
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: 'Make dock', icon: Plus, tone: 'primary', submit: true, off: form.busy.value })}</div>
    </form>
  `
}

function DockList({ panel, docks, list }: { panel: Panel; docks: Resource<DockView[]>; list: DockView[] }): View {
  if (list.length === 0) return h(Empty, { icon: PanelRight, text: 'No docks yet.' })
  return html`<ul class="keys">${list.map((dock) => h(DockLine, { key: dock.id, panel, dock, again: () => docks.load() }))}</ul>`
}
