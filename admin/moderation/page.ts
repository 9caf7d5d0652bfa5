import { h } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { RulesView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { anyOf, t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { PictureCard } from '../parts/picture-card.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { hrefOf } from '../router.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { Filters } from './filters.ts'
import { Log } from './log.ts'
import { PARTS, type PartId, partOf } from './parts.ts'
import { People } from './people.ts'
import { Queue } from './queue.ts'
import { useRules } from './rules.ts'
import { SaveBar } from './save-bar.ts'
import { Tester } from './tester.ts'
import { Words } from './words.ts'

export interface ModerationProps {
  panel: Panel
  part: string | null
}

export function ModerationPage({ panel, part }: ModerationProps): View {
  useTitle(t('Moderation'))
  const rules = useMemo(() => new Resource<RulesView>(panel.api.rules), [])
  useEffect(() => void rules.load(), [])
  const changed = panel.desk.deeds.value?.find(({ what }) => what === 'rules')?.id
  useEffect(() => {
    if (rules.value !== null) void rules.refresh()
  }, [changed])
  const loaded = rules.now.value
  const may = panel.works.may('moderator')
  const here = partOf(part, (least) => panel.works.may(least))
  return html`
    <div class="page moderation">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('Moderation')}</h1>
        <p class="muted">${leadOf(panel)}</p>
      </header>
      ${may ? h(PictureCard, { panel }) : html`<p class="muted">${t('You are a viewer here: you can read the rules. Changing them needs a moderator.')}</p>`}
      <nav class="parts" aria-label=${t('Parts of moderation')}>
        ${PARTS.filter(({ least }) => panel.works.may(least)).map(({ id, label }) => h(PartLink, { key: id, panel, id, label: t(label), here }))}
      </nav>
      ${here === 'people' && h(People, { panel })}
      ${here === 'log' && h(Log, { panel })}
      ${loaded.state === 'loading' && needsRules(here) && h(Skeleton, { rows: 6 })}
      ${loaded.state === 'failed' && needsRules(here) && h(Failed, { what: t('The rules could not be loaded.'), error: loaded.error, again: () => void rules.load() })}
      ${loaded.state === 'ready' && h(Ruled, { panel, rules, saved: loaded.value, here })}
    </div>
  `
}

const needsRules = (here: PartId) => here !== 'people' && here !== 'log'

/** Stays for as long as the page does, so that what is typed in one part is there when one comes back to it. */
function Ruled({
  panel,
  rules,
  saved,
  here,
}: {
  panel: Panel
  rules: Resource<RulesView>
  saved: RulesView
  here: PartId
}): View {
  const editing = useRules(panel, rules, saved)
  const props = { panel, editing }
  const may = panel.works.may('moderator')
  return html`
    <form class="moderation-form" onSubmit=${editing.form.onSubmit} novalidate>
      <fieldset class="bare moderation-form" disabled=${!may}>
        ${here === 'words' && h(Words, props)}
        ${here === 'filters' && h(Filters, props)}
        ${may && (here === 'words' || here === 'filters') && h(Tester, props)}
      </fieldset>
      ${here === 'queue' && h(Queue, props)}
      ${h(SaveBar, { ...props, shows: (field) => isOn(here, field) })}
    </form>
  `
}

/** Whether what is wrong with a field is said on this part. */
function isOn(here: PartId, field: string): boolean {
  return field === 'words' ? here === 'words' : here === 'filters'
}

function PartLink({
  panel,
  id,
  label,
  here,
}: {
  panel: Panel
  id: PartId
  label: string
  here: PartId
  key?: string
}): View {
  const link = useRef<HTMLAnchorElement>(null)
  // On a narrow screen the parts are scrolled to, and the one that is open may lie beyond the edge.
  useEffect(() => {
    if (id === here) link.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [here])
  const waiting = id === 'queue' ? (panel.feed.value.status?.held.count ?? 0) : 0
  return html`
    <a ref=${link} href=${hrefOf({ page: 'moderation', part: id })} aria-current=${id === here ? 'page' : undefined}>
      ${label}${waiting > 0 && html` <span class="part-count">${waiting}<span class="unseen"> ${t('waiting')}</span></span>`}
    </a>
  `
}

function leadOf(panel: Panel): string {
  const labels = [...panel.abouts.value.values()].map(({ label }) => label)
  const platforms = labels.length === 0 ? t('the platforms') : anyOf(labels)
  return t('These rules decide what your overlay shows. They do not delete messages on {platforms}.', { platforms })
}
