import { useSignal } from '@preact/signals'
import { Eye, UserX } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { PersonView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn, tx } from '../language/words.ts'
import { Badges } from '../parts/badges.ts'
import { Button } from '../parts/button.ts'
import { Dialog } from '../parts/dialog.ts'
import { TextField } from '../parts/field.ts'
import { Mark } from '../parts/mark.ts'
import { Row } from '../parts/row.ts'
import type { Row as RowData } from '../state/feed.ts'
import { dayAndTime } from '../state/format.ts'
import type { Author, Message, Notice } from '../state/model.ts'
import type { Panel } from '../state/panel.ts'
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
  return h(
    Dialog,
    { id: 'person', title: author.name, onClose, middle: true },
    html`
      <p class="person-about">
        ${h(Mark, { id: event.platform, about })}
        <span>${about?.label ?? event.platform}${author.login && author.login !== author.name.toLowerCase() && html` · <bdi>${author.login}</bdi>`}</span>
        ${Badges({ author })}
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
  const note = useSignal('')
  const log = deeds.value
  useEffect(() => hidden.load(), [log])
  const person = hidden.of.value
  if (person !== null) {
    return html`
      <div class="person-hidden">
        <p>
          ${tx('Hidden for good by {by}, {time}: nothing they write reaches the overlays.', { by: html`<bdi>${person.by.name}</bdi>`, time: dayAndTime(person.at) })}
          ${person.note !== '' && html`<br />${tx('Note: {note}', { note: html`<bdi>${person.note}</bdi>` })}`}
        </p>
        ${h(Button, { label: t('Show again'), icon: Eye, onPress: () => hands.showPerson(row) })}
      </div>
    `
  }
  return html`
    <form class="person-hide" onSubmit=${(submit: Event) => {
      submit.preventDefault()
      hands.hidePerson(row, note.value.trim())
    }}>
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
