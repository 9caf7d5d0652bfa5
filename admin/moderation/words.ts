import { useSignal } from '@preact/signals'
import { Plus, X } from 'lucide'
import { h } from 'preact'
import type { WordRule } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { type Text, t, tn } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Field, Segments } from '../parts/field.ts'
import { entriesOf, MAX_ENTRIES } from '../state/rules.ts'
import { type Action, MAX_WORDS, withNew } from '../state/rules-draft.ts'
import type { EditingProps } from './rules.ts'

type Match = WordRule['match']
interface Choice<V> {
  value: V
  label: Text
}
const MATCHES: readonly Choice<Match>[] = [
  { value: 'anywhere', label: 'Anywhere' },
  { value: 'whole', label: 'Whole word' },
]
const ACTIONS: readonly Choice<Action>[] = [
  { value: 'hide', label: 'Hide' },
  { value: 'hold', label: 'Hold for me' },
]

const said = <V>({ value, label }: Choice<V>) => ({ value, label: t(label) })
export const actions = () => ACTIONS.map(said)

export function Words(props: EditingProps): View {
  return h(
    Card,
    { id: 'words', title: h(Title, { id: 'part-words', text: t('Blocked words') }) },
    h(NewWords, props),
    h(WordList, props),
  )
}

/** A part's heading, which has the focus once one has gone there. */
export function Title({ id, text }: { id: string; text: string }): View {
  return html`<span id=${id} tabindex="-1">${text}</span>`
}

function NewWords({ editing }: EditingProps): View {
  const match = useSignal<Match>('anywhere')
  const action = useSignal<Action>('hide')
  const { newWords } = editing.draft.value
  const typed = entriesOf(newWords).length
  const add = () => {
    const words = withNew(editing.draft.peek(), { match: match.value, action: action.value })
    editing.set({ words, newWords: '' })
  }
  const onInput = (event: InputEvent) => editing.set({ newWords: (event.currentTarget as HTMLTextAreaElement).value })
  return html`
    <div class="new-words">
      ${h(Field, {
        id: 'new-words',
        label: t('Add words'),
        hint: t(
          'One a line; paste a whole list if you have one. Case, invisible characters and letters that only look alike make no difference.',
        ),
        error: editing.form.fields.value.words,
        control: (tied) =>
          html`<textarea rows="3" spellcheck=${false} autocapitalize="none" ...${tied} value=${newWords} onInput=${onInput}></textarea>`,
      })}
      <div class="new-words-how">
        ${h(Segments<Match>, { label: t('Where'), options: MATCHES.map(said), value: match.value, onPick: (value) => (match.value = value) })}
        ${h(Segments<Action>, { label: t('What happens'), options: actions(), value: action.value, onPick: (value) => (action.value = value) })}
        ${h(Button, { label: typed > 1 ? tn(typed, 'Add {n} word', 'Add {n} words') : t('Add to the list'), icon: Plus, off: typed === 0, onPress: add })}
      </div>
    </div>
  `
}

function WordList({ editing }: EditingProps): View {
  const { words } = editing.draft.value
  const find = useSignal('')
  const wanted = find.value.trim().toLowerCase()
  const shown = wanted === '' ? words : words.filter(({ text }) => text.toLowerCase().includes(wanted))
  if (words.length === 0) return html`<p class="quiet">${t('No word is blocked yet.')}</p>`
  const onFind = (event: InputEvent) => (find.value = (event.currentTarget as HTMLInputElement).value)
  const change = (text: string, how: Partial<WordRule> | null) =>
    editing.set({
      words: words.flatMap((word) => (word.text !== text ? word : how === null ? [] : { ...word, ...how })),
    })
  return html`
    <div class="word-list">
      <div class="word-list-head">
        <p class="muted">${t('{n} of {most} words', { n: words.length, most: Math.min(MAX_WORDS, MAX_ENTRIES) })}</p>
        ${words.length > 10 && html`<input type="search" aria-label=${t('Find a word on the list')} placeholder=${t('Find')} value=${find.value} onInput=${onFind} />`}
      </div>
      <ul>${shown.map((word) => h(WordLine, { key: word.text, word, change }))}</ul>
    </div>
  `
}

interface WordLineProps {
  word: WordRule
  change: (text: string, how: Partial<WordRule> | null) => void
  key?: string
}

function WordLine({ word: { text, match, action }, change }: WordLineProps): View {
  const pick = <V extends string>(
    label: string,
    options: readonly { value: V; label: string }[],
    value: V,
    set: (value: V) => void,
  ) => {
    const onChange = (event: Event) => {
      const chosen = options.find((option) => option.value === (event.currentTarget as HTMLSelectElement).value)
      if (chosen !== undefined) set(chosen.value)
    }
    return html`
      <select aria-label=${label} onChange=${onChange}>
        ${options.map((option) => html`<option value=${option.value} selected=${option.value === value}>${option.label}</option>`)}
      </select>
    `
  }
  return html`
    <li class="word-line">
      <bdi>${text}</bdi>
      ${pick(t('Where: {text}', { text }), MATCHES.map(said), match, (value) => change(text, { match: value }))}
      ${pick(t('What happens: {what}', { what: text }), actions(), action, (value) => change(text, { action: value }))}
      ${h(Button, { label: t('Take {text} off the list', { text }), icon: X, tone: 'ghost', bare: true, onPress: () => change(text, null) })}
    </li>
  `
}
