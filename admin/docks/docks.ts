import { useSignal } from '@preact/signals'
import { PanelRight, Plus } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { DockView } from '../../server/api.ts'
import type { DockScope } from '../../server/protocol.ts'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { Segments, TextField } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { DockLine, SCOPES } from './dock-line.ts'

const ORDER: readonly DockScope[] = ['read', 'moderate', 'control']
const MEANS: Readonly<Record<DockScope, Text>> = {
  read: 'Sees the chat, and nothing else.',
  moderate: 'Hides and shows messages, features one, empties the overlays.',
  control: 'Does that too, starts and ends streams, switches the theme of an overlay, and sends test messages.',
}

export function DocksPage({ panel }: { panel: Panel }): View {
  useTitle(t('Docks'))
  const docks = useMemo(() => new Resource<DockView[]>(async () => (await panel.api.docks()).items), [])
  useEffect(() => void docks.load(), [])
  const loaded = docks.now.value
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('Docks')}</h1>
        <p class="muted">${t('A dock shows your chat inside OBS, with buttons to moderate it. Whoever has its address can do what it may.')}</p>
        <ol class="steps">
          <li>${t('Make a dock and copy its address.')}</li>
          <li>${t('In OBS open Docks, then Custom Browser Docks.')}</li>
          <li>${t('Give it a name, paste the address as URL, press Apply.')}</li>
        </ol>
      </header>
      ${h(NewDock, { panel, docks })}
      ${loaded.state === 'loading' && h(Skeleton, { rows: 3 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The docks could not be loaded.'), error: loaded.error, again: () => void docks.load() })}
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
    (): Record<string, string> => (name.value.trim() === '' ? { name: t('Give the dock a name.') } : {}),
  )
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>${t('New dock')}</h2>
      ${h(TextField, {
        id: 'dock-name',
        label: t('Name'),
        hint: t('Who will use it, so that you know which one to withdraw later.'),
        value: name.value,
        onText: (text) => {
          name.value = text
        },
        error: form.fields.value.name,
        input: { maxlength: 50, autocomplete: 'off' },
      })}
      <div class="field">
        <p class="label" aria-hidden="true">${t('What it may do')}</p>
        ${h(Segments<DockScope>, {
          label: t('What it may do'),
          options: ORDER.map((value) => ({ value, label: t(SCOPES[value]) })),
          value: scope.value,
          onPick: (value) => {
            scope.value = value
          },
        })}
        <p class="field-hint">${t(MEANS[scope.value])}</p>
      </div>
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: t('Make dock'), icon: Plus, tone: 'primary', submit: true, off: form.busy.value })}</div>
    </form>
  `
}

function DockList({ panel, docks, list }: { panel: Panel; docks: Resource<DockView[]>; list: DockView[] }): View {
  if (list.length === 0) return h(Empty, { icon: PanelRight, text: t('No docks yet.') })
  return html`<ul class="keys">${list.map((dock) => h(DockLine, { key: dock.id, panel, dock, again: () => docks.load() }))}</ul>`
}
