import { useSignal } from '@preact/signals'
import { KeyRound, Plus, Trash2 } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { KeyView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { TextField, Toggle } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { useTitle } from './page.ts'

export function Keys({ panel }: { panel: Panel }): View {
  useTitle('API keys')
  const keys = useMemo(() => new Resource<KeyView[]>(async () => (await panel.api.keys()).items), [])
  useEffect(() => void keys.load(), [])
  const loaded = keys.now.value
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">API keys</h1>
        <p class="muted">Your own programs use a key to send messages into your chat, or to read it. <a href="/api/docs">All calls</a></p>
      </header>
      ${h(NewKey, { panel, keys })}
      ${loaded.state === 'loading' && h(Skeleton, { rows: 3 })}
      ${loaded.state === 'failed' && h(Failed, { what: 'The keys could not be loaded.', error: loaded.error, again: () => void keys.load() })}
      ${loaded.state === 'ready' && h(KeyList, { panel, keys, list: loaded.value })}
    </div>
  `
}

function NewKey({ panel, keys }: { panel: Panel; keys: Resource<KeyView[]> }): View {
  const name = useSignal('')
  const produce = useSignal(true)
  const read = useSignal(false)
  const made = useSignal<KeyView | null>(null)
  const form = useForm(
    async () => {
      const scopes = [produce.value && 'produce', read.value && 'read'].filter((scope) => scope !== false)
      made.value = await panel.api.createKey({ name: name.value.trim(), scopes })
      name.value = ''
      await keys.load()
    },
    () => complaintsOf(name.value, produce.value || read.value),
  )
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      <h2>New key</h2>
      ${h(TextField, {
        id: 'key-name',
        label: 'Name',
        hint: 'What will use it, so that you know which one to delete later.',
        value: name.value,
        onText: (text) => {
          name.value = text
        },
        error: form.fields.value.name,
        input: { maxlength: 50, autocomplete: 'off' },
      })}
      <div class="toggles">
        ${h(Toggle, {
          label: 'May send messages',
          on: produce.value,
          onSwitch: (on) => {
            produce.value = on
          },
        })}
        ${h(Toggle, {
          label: 'May read streams',
          on: read.value,
          onSwitch: (on) => {
            read.value = on
          },
        })}
      </div>
      ${form.fields.value.scopes && html`<p class="field-error" role="alert">${form.fields.value.scopes}</p>`}
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: 'Make key', icon: Plus, tone: 'primary', submit: true, off: form.busy.value })}</div>
      ${
        made.value?.key &&
        h(Once, {
          name: made.value.name,
          secret: made.value.key,
          onClose: () => {
            made.value = null
          },
        })
      }
    </form>
  `
}

function complaintsOf(name: string, scoped: boolean): Record<string, string> {
  const complaints: Record<string, string> = {}
  if (name.trim() === '') complaints.name = 'Give the key a name.'
  if (!scoped) complaints.scopes = 'Choose what the key may do.'
  return complaints
}

function Once({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }): View {
  return h(
    Dialog,
    { id: 'once', title: `Key “${name}”`, onClose },
    html`
      <p>Copy it now. It is shown this one time only; CrossChat keeps no copy that could be read.</p>
      <p class="secret"><code>${secret}</code></p>
      <div class="dialog-foot">
        ${h(CopyButton, { text: secret, label: 'Copy key', tone: 'primary' })}
        ${h(Button, { label: 'I have it', onPress: onClose })}
      </div>
    `,
  )
}

function KeyList({ panel, keys, list }: { panel: Panel; keys: Resource<KeyView[]>; list: KeyView[] }): View {
  if (list.length === 0)
    return h(Empty, { icon: KeyRound, text: 'No keys yet. You need one only for programs of your own.' })
  return html`<ul class="keys">${list.map((view) => h(KeyLine, { key: view.id, panel, keys, view }))}</ul>`
}

function KeyLine({
  panel,
  keys,
  view,
}: {
  panel: Panel
  keys: Resource<KeyView[]>
  view: KeyView
  key?: string
}): View {
  const asking = useSignal(false)
  const onClose = () => {
    asking.value = false
  }
  const used = view.lastUsedAt === null ? 'never used' : `last used ${dayAndTime(view.lastUsedAt)}`
  return html`
    <li class="key-line">
      <div>
        <p><strong><bdi>${view.name}</bdi></strong> ${view.scopes.map((scope) => html`<span class="scope">${scope}</span> `)}</p>
        <p class="faint">Made ${dayAndTime(view.createdAt)}, ${used}</p>
      </div>
      ${h(Button, {
        label: `Delete key ${view.name}`,
        icon: Trash2,
        tone: 'ghost',
        bare: true,
        onPress: () => {
          asking.value = true
        },
      })}
      ${asking.value && h(DeleteKey, { panel, keys, view, onClose })}
    </li>
  `
}

interface DeleteKeyProps {
  panel: Panel
  keys: Resource<KeyView[]>
  view: KeyView
  onClose: () => void
}

function DeleteKey({ panel, keys, view, onClose }: DeleteKeyProps): View {
  const form = useForm(async () => {
    await panel.api.deleteKey(view.id)
    onClose()
    await keys.load()
  })
  return h(
    Dialog,
    { id: 'delete-key', title: `Delete key “${view.name}”?`, onClose },
    html`
      <form class="form" onSubmit=${form.onSubmit}>
        <p>Programs that use it are refused from now on.</p>
        ${h(FormError, { form })}
        <div class="dialog-foot">
          ${h(Button, { label: 'Keep key', onPress: onClose })}
          ${h(Button, { label: 'Delete key', tone: 'danger', submit: true, off: form.busy.value })}
        </div>
      </form>
    `,
  )
}
