import { useSignal } from '@preact/signals'
import { ExternalLink, Eye, UserX } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { PersonView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn, tx } from '../language/words.ts'
import { Badges } from '../parts/badges.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { Field, TextField } from '../parts/field.ts'
import { Icon } from '../parts/icon.ts'
import { Mark } from '../parts/mark.ts'
import { Row } from '../parts/row.ts'
import type { Row as RowData } from '../state/feed.ts'
import { dayAndTime } from '../state/format.ts'
import { LASTS, type LastsId, leftOf } from '../state/hidden-for.ts'
import type { Author, Message, Notice } from '../state/model.ts'
import type { Panel } from '../state/panel.ts'
import { profileOf } from '../state/profile.ts'
import { MAX_SAID, type Said, saidInFeed, saidInStream } from '../state/said-by.ts'

const MAX_NOTE = 200

export interface PersonDialogProps {
  panel: Panel
  row: RowData
  event: Message | Notice
  author: Author
  onClose: () => void
}

/** Somebody who writes: what they have written in this stream, and whether they are hidden. */
export function PersonDialog({ panel, row, event, author, onClose }: PersonDialogProps): View {
  const about = panel.abouts.value.get(event.platform)
  const profile = profileOf(about, author)
  return h(
    Dialog,
    { id: 'person', title: author.name, onClose, middle: true },
    html`
      <p class="person-about">
        ${h(Mark, { id: event.platform, about })}
        <span>${about?.label ?? event.platform}${author.login && author.login !== author.name.toLowerCase() && html` · <bdi>${author.login}</bdi>`}</span>
        ${Badges({ author })}
        ${profile !== null && html`<a class="person-channel" href=${profile} target="_blank" rel="noopener noreferrer">${t('Open channel')}${h(Icon, { icon: ExternalLink, size: 14 })}</a>`}
      </p>
      ${h(Messages, { panel, event, author })}
      ${panel.works.may('moderator') && h(Hiding, { panel, row, event, author })}
    `,
  )
}

function Messages({ panel, event, author }: Pick<PersonDialogProps, 'panel' | 'event' | 'author'>): View {
  const { platform } = event
  const inFeed = saidInFeed(panel.feed.value.rows, platform, author)
  const inStream = useSignal<Said[] | null>(null)
  const streamId = panel.feed.value.stream.id
  useEffect(() => {
    if (streamId === undefined) return
    saidInStream(panel.api, streamId, platform, author)
      .then((said) => {
        inStream.value = said
      })
      // What the feed holds is shown all the same.
      .catch((error: Error) => panel.toasts.failed(error))
  }, [streamId])
  const said = together(inStream.value ?? [], inFeed)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight
  }, [said.length])
  const about = panel.abouts.value.get(platform)
  return html`
    <section aria-label=${t('Messages')}>
      <h3 class="label">${countOf(said.length, streamId !== undefined)}</h3>
      <div class="person-said" tabindex="0" role="group" aria-label=${t('Messages by {name}', { name: author.name })} ref=${list}>
        ${said.map((each) => h(Row, { key: each.event.id, n: each.event.seq, event: each.event, removedBy: each.removedBy, about, ink: panel.ink }))}
      </div>
    </section>
  `
}

function countOf(count: number, inStream: boolean): string {
  if (count >= MAX_SAID) {
    return inStream
      ? t('The newest {n} messages in this stream', { n: MAX_SAID })
      : t('The newest {n} messages here', { n: MAX_SAID })
  }
  return inStream
    ? tn(count, '{n} message in this stream', '{n} messages in this stream')
    : tn(count, '{n} message here', '{n} messages here')
}

/** The feed is newer about what is in both: it knows what was hidden a moment ago. */
function together(inStream: readonly Said[], inFeed: readonly Said[]): Said[] {
  const known = new Set(inFeed.map(({ event }) => event.id))
  return [...inStream.filter(({ event }) => !known.has(event.id)), ...inFeed].slice(-MAX_SAID)
}

function Hiding({ panel, row, event, author }: Omit<PersonDialogProps, 'onClose'>): View {
  const { hands, deeds } = panel.desk
  const hidden = useHidden(panel, event.platform, author.id)
  const log = deeds.value
  useEffect(() => hidden.load(), [log])
  const person = hidden.of.value
  if (person === null) return h(HideForm, { panel, row })
  return html`
    <div class="person-hidden">
      <p>
        ${h(HiddenHow, { panel, person })}
        ${person.note !== '' && html`<br />${tx('Note: {note}', { note: html`<bdi>${person.note}</bdi>` })}`}
      </p>
      ${h(Button, { label: t('Show again'), icon: Eye, onPress: () => hands.showPerson(row) })}
    </div>
  `
}

function HiddenHow({ panel, person }: { panel: Panel; person: PersonView }): View {
  const by = html`<bdi>${person.by.name}</bdi>`
  const [time, left] = [dayAndTime(person.at), leftOf(person, panel.now.value)]
  return left === null
    ? html`${tx('Hidden for good by {by}, {time}: nothing they write reaches the overlays.', { by, time })}`
    : html`${tx('Hidden by {by}, {time}, {left}: nothing they write reaches the overlays.', { by, time, left })}`
}

function HideForm({ panel, row }: Pick<PersonDialogProps, 'panel' | 'row'>): View {
  const note = useSignal('')
  const chosen = useSignal<LastsId>('ever')
  const offered = LASTS.filter(({ id }) => id !== 'stream' || panel.feed.value.stream.live)
  const onSubmit = (submit: Event) => {
    submit.preventDefault()
    const { lasts } = offered.find(({ id }) => id === chosen.value) ?? LASTS[0]
    panel.desk.hands.hidePerson(row, { note: note.value.trim(), lasts })
  }
  const onChange = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement
    chosen.value = LASTS.find(({ id }) => id === value)?.id ?? 'ever'
  }
  return html`
    <form class="person-hide" onSubmit=${onSubmit}>
      ${h(TextField, {
        id: 'person-note',
        label: t('Note (optional)'),
        hint: t('For whoever moderates with you. The platform is not told.'),
        value: note.value,
        onText: (text) => {
          note.value = text
        },
        input: { maxlength: MAX_NOTE, autocomplete: 'off' },
      })}
      ${h(Field, {
        id: 'person-lasts',
        label: t('For how long'),
        control: (tied) => html`
          <select ...${tied} value=${chosen.value} onChange=${onChange}>${offered.map(({ id, label }) => html`<option value=${id}>${t(label)}</option>`)}</select>
        `,
      })}
      ${h(Button, { label: t('Hide this person'), icon: UserX, tone: 'danger', submit: true })}
    </form>
  `
}

function useHidden({ api, toasts }: Panel, platform: string, authorId: string) {
  const of = useSignal<PersonView | null>(null)
  const load = useMemo(
    () => () =>
      void api
        .people()
        .then(({ items }) => {
          of.value = items.find((each) => each.platform === platform && each.authorId === authorId) ?? null
        })
        .catch((error: Error) => toasts.failed(error)),
    [],
  )
  return { of, load }
}
