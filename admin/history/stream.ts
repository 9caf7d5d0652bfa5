import { useSignal } from '@preact/signals'
import { ArrowLeft, Pencil, Trash2 } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { StreamView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Button } from '../parts/button.ts'
import { Icon } from '../parts/icon.ts'
import { RenameDialog } from '../parts/rename-dialog.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime, duration, machineTime, number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { titleOf } from '../state/stream-title.ts'
import { DeleteStreamDialog } from './delete-stream-dialog.ts'
import { FiguresCard } from './figures-card.ts'
import { TranscriptCard, type TranscriptPlace } from './transcript-card.ts'

/** One stream: its figures, its transcript, and what can be done with it. */
export function StreamPage({
  panel,
  id,
  at,
}: {
  panel: Panel
  id: string
  at: TranscriptPlace | undefined
  key?: string
}): View {
  const stream = useMemo(() => new Resource(() => panel.api.stream(id)), [id])
  // It may be the one that runs.
  useEffect(() => void stream.load(), [id, panel.feed.value.stream.startedAt])
  const loaded = stream.now.value
  const title = loaded.state === 'ready' ? titleOf(loaded.value) : t('Stream')
  useTitle(title)
  return html`
    <div class="page">
      <a class="back" href="#/history">${h(Icon, { icon: ArrowLeft, size: 16 })}${t('History')}</a>
      <header class="page-head page-head-row">
        <h1 id="heading" tabindex="-1"><bdi>${title}</bdi></h1>
        ${loaded.state === 'ready' && panel.works.may('owner') && h(Actions, { panel, stream: loaded.value, renamed: (view) => stream.set(view) })}
      </header>
      ${loaded.state === 'loading' && h(Skeleton, { rows: 8 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The stream could not be loaded.'), error: loaded.error, again: () => void stream.load() })}
      ${
        loaded.state === 'ready' &&
        html`
        ${h(Figures, { panel, stream: loaded.value })}
        ${h(FiguresCard, { panel, id })}
        ${h(TranscriptCard, { panel, id, at, title, startedAt: loaded.value.startedAt })}
      `
      }
    </div>
  `
}

function Figures({ panel, stream }: { panel: Panel; stream: StreamView }): View {
  const live = stream.endedAt === null
  const end = stream.endedAt ?? panel.now.value
  const { stream: running, status } = panel.feed.value
  const isIt = live && running.startedAt === stream.startedAt
  const messages = isIt ? Math.max(stream.messages, status?.messages ?? 0) : stream.messages
  return html`
    <dl class="figures figures-wide">
      <div><dt>${t('Started')}</dt><dd><time datetime=${machineTime(stream.startedAt)}>${dayAndTime(stream.startedAt)}</time></dd></div>
      <div><dt>${t('Duration')}</dt><dd>${duration(end - stream.startedAt)}${live && html` <span class="live-pill">${t('Live now')}</span>`}</dd></div>
      <div><dt>${t('Messages')}</dt><dd>${number(messages)}</dd></div>
    </dl>
  `
}

interface ActionsProps {
  panel: Panel
  stream: StreamView
  renamed: (stream: StreamView) => void
}

function Actions({ panel, stream, renamed }: ActionsProps): View {
  const open = useSignal<'rename' | 'delete' | null>(null)
  const show = (dialog: 'rename' | 'delete') => () => {
    open.value = dialog
  }
  const onClose = () => {
    open.value = null
  }
  return html`
    <div class="button-row">
      ${h(Button, { label: t('Rename'), icon: Pencil, onPress: show('rename') })}
      ${stream.endedAt !== null && h(Button, { label: t('Delete…'), icon: Trash2, onPress: show('delete') })}
      ${open.value === 'rename' && h(RenameDialog, { panel, stream, renamed, onClose })}
      ${open.value === 'delete' && h(DeleteStreamDialog, { panel, stream, onClose })}
    </div>
  `
}
