import { type ComponentChildren, h } from 'preact'
import { html, type View } from '../html.ts'
import { number, t } from '../language/words.ts'
import { Card } from '../parts/card.ts'
import { Field, Segments, Toggle } from '../parts/field.ts'
import { entriesOf } from '../state/rules.ts'
import { type Action, MAX_HOSTS } from '../state/rules-draft.ts'
import type { EditingProps } from './rules.ts'
import { actions, Title } from './words.ts'

/** Rules that look at how a message is made, or who wrote it. */
export function Filters({ editing }: EditingProps): View {
  const { draft, set } = editing
  const { links, caps, repeats, emoteOnly, commands, bots, firstTimers, users } = draft.value
  const { fields } = editing.form
  return h(
    Card,
    { id: 'filters', title: h(Title, { id: 'part-filters', text: t('Filters') }) },
    html`<div class="filters">
      ${h(Filter, {
        id: 'links',
        label: t('Links'),
        hint: t('Also those that are written without https://.'),
        on: links.on,
        onSwitch: (on) => set({ links: { ...links, on } }),
        action: links.action,
        onAction: (action) => set({ links: { ...links, action } }),
        children: area(
          'allow',
          t('Hosts that are allowed'),
          t('One a line, such as example.org; what is below it is allowed, too. At most {n}.', { n: MAX_HOSTS }),
          links.allow,
          (allow) => set({ links: { ...links, allow } }),
          fields.value.allow ?? hostComplaint(fields.value, links.allow),
        ),
      })}
      ${h(Filter, {
        id: 'capitals',
        label: t('Capitals'),
        hint: t('Emotes, links and names do not count.'),
        on: caps.on,
        onSwitch: (on) => set({ caps: { ...caps, on } }),
        action: caps.action,
        onAction: (action) => set({ caps: { ...caps, action } }),
        children: html`<div class="field-row">
          ${count('caps-share', t('Per cent of the letters'), caps.share, 50, 100, (share) => set({ caps: { ...caps, share } }))}
          ${count('caps-least', t('From so many letters on'), caps.least, 4, 200, (least) => set({ caps: { ...caps, least } }))}
        </div>`,
      })}
      ${h(Filter, {
        id: 'repeats',
        label: t('Repeats'),
        hint: t('The same text by the same person.'),
        on: repeats.on,
        onSwitch: (on) => set({ repeats: { ...repeats, on } }),
        action: repeats.action,
        onAction: (action) => set({ repeats: { ...repeats, action } }),
        children: html`<div class="field-row">
          ${count('repeats-within', t('Within so many seconds'), repeats.within, 5, 600, (within) => set({ repeats: { ...repeats, within } }))}
        </div>`,
      })}
      ${h(Filter, {
        id: 'emotes',
        label: t('Emotes alone'),
        hint: t('Messages without a word. What was paid for is shown.'),
        on: emoteOnly.on,
        onSwitch: (on) => set({ emoteOnly: { ...emoteOnly, on } }),
        action: emoteOnly.action,
        onAction: (action) => set({ emoteOnly: { ...emoteOnly, action } }),
      })}
      ${h(Filter, {
        id: 'first',
        label: t('First messages'),
        hint: t('Held until you release them, where the platform says that somebody writes for the first time.'),
        on: firstTimers,
        onSwitch: (on) => set({ firstTimers: on }),
      })}
      ${h(Filter, { id: 'commands', label: t('Commands'), hint: t('Messages that begin with ! are hidden.'), on: commands, onSwitch: (on) => set({ commands: on }) })}
      ${h(Filter, { id: 'bots', label: t('Known bots'), hint: t('Such as Nightbot and StreamElements; hidden.'), on: bots, onSwitch: (on) => set({ bots: on }) })}
      <div class="filter">
        ${area('users', t('Names'), t('One a line, hidden on every platform. Names change hands: hide a person from the chat to hide the account itself.'), users, (text) => set({ users: text }), fields.value.users)}
      </div>
    </div>`,
  )
}

interface FilterProps {
  id: string
  label: string
  hint: string
  on: boolean
  onSwitch: (on: boolean) => void
  action?: Action
  onAction?: (action: Action) => void
  /** Drawn while it is on. */
  children?: ComponentChildren
}

function Filter({ id, label, hint, on, onSwitch, action, onAction, children }: FilterProps): View {
  return html`
    <div class="filter" role="group" aria-label=${label}>
      <div class="filter-head">
        ${h(Toggle, { id: `filter-${id}`, label, hint, on, onSwitch })}
        ${on && action !== undefined && onAction !== undefined && h(Segments<Action>, { label: t('What happens: {what}', { what: label }), options: actions(), value: action, onPick: onAction })}
      </div>
      ${on && children}
    </div>
  `
}

function area(
  id: string,
  label: string,
  hint: string,
  value: string,
  set: (text: string) => void,
  error: string | undefined,
): View {
  const entries = entriesOf(value).length
  const onInput = (event: InputEvent) => set((event.currentTarget as HTMLTextAreaElement).value)
  return h(Field, {
    id: `rules-${id}`,
    label: entries === 0 ? label : `${label} (${number(entries)})`,
    hint,
    error,
    control: (tied) =>
      html`<textarea rows="3" spellcheck=${false} autocapitalize="none" ...${tied} value=${value} onInput=${onInput}></textarea>`,
  })
}

/** The server's word about one of the hosts, `links.allow.3`. */
function hostComplaint(fields: Readonly<Record<string, string>>, typed: string): string | undefined {
  const found = Object.keys(fields).find((name) => name.startsWith('links.allow'))
  if (found === undefined) return undefined
  const host = entriesOf(typed)[Number(found.split('.')[2] ?? 0)]
  const line = typed.split('\n').findIndex((each) => each.trim() === host) + 1
  return t('Line {n}: write the name of a host, such as example.org.', { n: line })
}

/** What is no number in its bounds is put right when the field is left. */
function count(id: string, label: string, value: number, min: number, max: number, set: (value: number) => void): View {
  const onChange = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement
    const typed = Number.isFinite(input.valueAsNumber) ? Math.round(input.valueAsNumber) : value
    const within = Math.min(max, Math.max(min, typed))
    input.value = String(within)
    set(within)
  }
  return h(Field, {
    id,
    label,
    control: (tied) =>
      html`<input type="number" min=${min} max=${max} ...${tied} value=${value} onChange=${onChange} />`,
  })
}
