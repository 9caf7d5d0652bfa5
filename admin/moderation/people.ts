import { Eye, UserX } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { PeopleView, PersonView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Mark } from '../parts/mark.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, machineTime } from '../state/format.ts'
import { leftOf } from '../state/hidden-for.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { Title } from './words.ts'

/** Who is hidden, whatever they write and however they are called. */
export function People({ panel }: { panel: Panel }): View {
  const people = useMemo(() => new Resource<PeopleView>(panel.api.people), [])
  const { deeds } = panel.desk
  // Somebody else hides and shows people, too, and so does the time that is up.
  useEffect(() => void people.load(), [deeds.value])
  const loaded = people.now.value
  return h(
    Card,
    {
      id: 'people',
      title: h(Title, { id: 'part-people', text: t('Hidden people') }),
      aside:
        loaded.state === 'ready' &&
        html`<p class="muted">${t('{n} of {most}', { n: loaded.value.items.length, most: loaded.value.max })}</p>`,
    },
    loaded.state === 'loading' && h(Skeleton, { rows: 4 }),
    loaded.state === 'failed' &&
      h(Failed, { what: t('The list could not be loaded.'), error: loaded.error, again: () => void people.load() }),
    loaded.state === 'ready' && h(List, { panel, people, list: loaded.value.items }),
  )
}

function List({
  panel,
  people,
  list,
}: {
  panel: Panel
  people: Resource<PeopleView>
  list: readonly PersonView[]
}): View {
  if (list.length === 0)
    return h(Empty, {
      icon: UserX,
      text: t('Nobody is hidden. Hide a person from a message in Live or in a dock; they then stand here.'),
    })
  const show = (person: PersonView) =>
    void panel.api
      .showPerson(person)
      .catch((error: Error) => panel.toasts.failed(error))
      .finally(() => void people.load())
  const note = (person: PersonView, text: string) =>
    void panel.api.notePerson(person, text).catch((error: Error) => panel.toasts.failed(error))
  return html`<ul class="lines">${list.map((person) => h(Line, { key: `${person.platform} ${person.authorId}`, panel, person, show, note }))}</ul>`
}

interface LineProps {
  panel: Panel
  person: PersonView
  show: (person: PersonView) => void
  note: (person: PersonView, text: string) => void
  key?: string
}

function Line({ panel, person, show, note }: LineProps): View {
  const { platform, name, at, by } = person
  const left = leftOf(person, panel.now.value)
  const time = html`<time datetime=${machineTime(at)}>${dayAndTime(at)}</time>`
  const onChange = (event: Event) => note(person, (event.currentTarget as HTMLInputElement).value.trim())
  return html`
    <li class="line">
      ${h(Mark, { id: platform, about: panel.abouts.value.get(platform) })}
      <div>
        <p><strong><bdi>${name}</bdi></strong>${left !== null && html` <span class="scope">${left}</span>`}</p>
        <p class="faint">${tx('Since {time}, by {who}', { time, who: html`<bdi>${by.name}</bdi>` })}</p>
        <input type="text" class="note" aria-label=${t('Note about {name}', { name })} placeholder=${t('Add a note')} maxlength="200" autocomplete="off" defaultValue=${person.note} onChange=${onChange} />
      </div>
      ${h(Button, { label: t('Show {name} again', { name }), icon: Eye, onPress: () => show(person) })}
    </li>
  `
}
