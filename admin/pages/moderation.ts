import { useSignal } from '@preact/signals'
import { Save } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { RulesView } from '../api.ts'
import { html, type View } from '../html.ts'
import { Button } from '../parts/button.ts'
import { Field, Toggle } from '../parts/field.ts'
import { FormError, useForm } from '../parts/form.ts'
import { PictureCard } from '../parts/picture-card.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { complaint, entriesOf, MAX_ENTRIES } from '../state/rules.ts'
import { useTitle } from './page.ts'

export function Moderation({ panel }: { panel: Panel }): View {
  useTitle('Moderation')
  const rules = useMemo(() => new Resource<RulesView>(() => panel.api.rules()), [])
  useEffect(() => void rules.load(), [])
  const loaded = rules.now.value
  const may = panel.works.may('moderator')
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">Moderation</h1>
        <p class="muted">These rules decide what your overlay shows. They do not delete messages on the platforms.</p>
      </header>
      ${may ? h(PictureCard, { panel }) : html`<p class="muted">You are a viewer here: you can read the rules. Changing them needs a moderator.</p>`}
      ${loaded.state === 'loading' && h(Skeleton, { rows: 6 })}
      ${loaded.state === 'failed' && h(Failed, { what: 'The rules could not be loaded.', error: loaded.error, again: () => void rules.load() })}
      ${loaded.state === 'ready' && html`<fieldset class="bare" disabled=${!may}>${h(RulesForm, { panel, rules: loaded.value })}</fieldset>`}
    </div>
  `
}

interface Draft {
  words: string
  users: string
  commands: boolean
  bots: boolean
}

function RulesForm({ panel, rules }: { panel: Panel; rules: RulesView }): View {
  const draft = useSignal<Draft>({ ...rules, words: rules.words.join('\n'), users: rules.users.join('\n') })
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.value, ...change }
  }
  const form = useForm(
    async () => {
      await panel.api.saveRules(rulesOf(draft.value))
      panel.toasts.ok('The rules are saved. They hold from the next message on.')
    },
    () => complaintsOf(draft.value),
  )
  const { words, users, commands, bots } = draft.value
  return html`
    <form class="form card card-form" onSubmit=${form.onSubmit} novalidate>
      ${box('rules-words', 'Blocked words', 'One a line. A message that contains one is hidden, in any case of letters.', words, (text) => set({ words: text }), form.fields.value.words)}
      ${box('rules-users', 'Blocked users', 'One name a line, on every platform.', users, (text) => set({ users: text }), form.fields.value.users)}
      <div class="toggles">
        ${h(Toggle, { label: 'Hide commands (messages that begin with !)', on: commands, onSwitch: (on) => set({ commands: on }) })}
        ${h(Toggle, { label: 'Hide known bots', on: bots, onSwitch: (on) => set({ bots: on }) })}
      </div>
      ${h(FormError, { form })}
      <div class="form-foot">${h(Button, { label: 'Save rules', icon: Save, tone: 'primary', submit: true, off: form.busy.value })}</div>
    </form>
  `
}

function box(
  id: string,
  label: string,
  hint: string,
  value: string,
  set: (text: string) => void,
  error: string | undefined,
): View {
  const count = entriesOf(value).length
  const onInput = (event: InputEvent) => set((event.currentTarget as HTMLTextAreaElement).value)
  return h(Field, {
    id,
    label,
    hint: `${hint} ${number(count)} of ${number(MAX_ENTRIES)}.`,
    error,
    control: (tied) =>
      html`<textarea rows="6" spellcheck=${false} autocapitalize="none" ...${tied} value=${value} onInput=${onInput}></textarea>`,
  })
}

function rulesOf({ words, users, commands, bots }: Draft): RulesView {
  return { words: entriesOf(words), users: entriesOf(users), commands, bots }
}

function complaintsOf({ words, users }: Draft): Record<string, string> {
  const complaints: Record<string, string> = {}
  const [inWords, inUsers] = [complaint(entriesOf(words)), complaint(entriesOf(users))]
  if (inWords !== null) complaints.words = inWords
  if (inUsers !== null) complaints.users = inUsers
  return complaints
}
