import {
  Ban,
  Bookmark,
  BookmarkX,
  CircleUserRound,
  Copy,
  ExternalLink,
  EyeOff,
  type IconNode,
  Star,
  StarOff,
  Undo2,
  UserX,
} from 'lucide'
import { h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { copy } from '../parts/copy.ts'
import type { Row } from '../state/feed.ts'
import type { Message, Notice } from '../state/model.ts'
import type { Panel } from '../state/panel.ts'
import { profileOf } from '../state/profile.ts'

export interface RowMenuProps {
  panel: Panel
  row: Row
  event: Message | Notice
  /** Its upper right corner, px from the window's upper left; it stays within the window. */
  at: { x: number; y: number }
  onClose: () => void
}

/** From the window's edge, px. */
const MARGIN = 8

/** Modal, so that Esc and a press elsewhere close it and the focus goes back to the row. */
export function RowMenu(props: RowMenuProps): View {
  const { at, onClose } = props
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    if (dialog) place(dialog, at)
    return () => dialog?.close()
  }, [])
  const onCancel = (event: Event) => {
    event.preventDefault()
    onClose()
  }
  const onClick = (event: MouseEvent) => {
    if (event.target === element.current) onClose()
  }
  return html`
    <dialog ref=${element} class="row-menu" aria-label=${t('About this message')} onCancel=${onCancel} onClick=${onClick} onKeyDown=${onKeyDown}>
      <div class="row-menu-items">${entries(props).map((entry) => h(Item, { entry, onClose }))}</div>
    </dialog>
  `
}

interface Entry {
  label: string
  icon: IconNode
  /** True: something else opens in the menu's place. */
  act: () => unknown
  off?: boolean
}

function Item({ entry, onClose }: { entry: Entry; onClose: () => void }): View {
  const { label, icon, act, off } = entry
  const onPress = () => {
    if (act() !== true) onClose()
  }
  return h(Button, { label, icon, tone: 'ghost', onPress, ...(off && { off }) })
}

function entries({ panel, row, event }: RowMenuProps): Entry[] {
  const moderates = panel.works.may('moderator')
  const open = (what: 'person' | 'word') => () => {
    panel.desk.opened.value = { what, row, at: { x: 0, y: 0 } }
    return true
  }
  const person: Entry[] = event.author
    ? [{ label: t('Who wrote this'), icon: CircleUserRound, act: open('person') }]
    : []
  return [
    ...(moderates ? acts(panel, row, event) : []),
    ...person,
    ...channelOf(panel, event),
    ...(moderates ? [{ label: t('Add a word of it to the rules'), icon: Ban, act: open('word') }] : []),
    { label: t('Copy text'), icon: Copy, act: () => copied(panel, event.text) },
  ]
}

function channelOf(panel: Panel, { platform, author }: Message | Notice): Entry[] {
  const about = panel.abouts.value.get(platform)
  const address = author && profileOf(about, author)
  if (!address) return []
  const label = t('Open their channel on {platform}', { platform: about?.label ?? platform })
  return [{ label, icon: ExternalLink, act: () => void open(address, '_blank', 'noopener,noreferrer') }]
}

function acts(panel: Panel, row: Row, event: Message | Notice): Entry[] {
  const { hands } = panel.desk
  const featured = panel.feed.value.featured?.id === event.id
  const name = event.author?.name
  const stands = row.removedBy === undefined && event.hidden === undefined
  const onAir: Entry[] = [
    { label: t('Hide this message'), icon: EyeOff, act: () => hands.hide(row) },
    featured
      ? { label: t('Take down from the overlays'), icon: StarOff, act: () => hands.feature(null) }
      : { label: t('Feature on the overlays'), icon: Star, act: () => hands.feature(row) },
  ]
  const undo: Entry[] =
    row.removedBy === 'panel' ? [{ label: t('Show again'), icon: Undo2, act: () => hands.undo(row) }] : []
  const person: Entry[] =
    name === undefined || row.withAuthor
      ? []
      : [{ label: t('Hide all by {name}', { name }), icon: UserX, act: () => hands.hidePerson(row) }]
  return [...(stands ? onAir : undo), ...person, moment(panel, row)]
}

function moment(panel: Panel, row: Row): Entry {
  const { hands, moments } = panel.desk
  const marked = (moments.value ?? []).find(({ eventId }) => eventId === row.event.id)
  if (marked) return { label: t('No moment any more'), icon: BookmarkX, act: () => hands.unmark(marked.id) }
  const { live } = panel.feed.value.stream
  const label = live ? t('Mark this moment') : t('Mark this moment (while a stream runs)')
  return { label, icon: Bookmark, act: () => hands.mark(row), off: !live }
}

async function copied({ toasts }: Panel, text: string): Promise<void> {
  if (await copy(text)) toasts.ok(t('The text is copied.'))
  else toasts.failed(new Error(t('This browser does not let the page copy. Mark the text and copy it by hand.')))
}

function place(dialog: HTMLDialogElement, { x, y }: RowMenuProps['at']): void {
  const { width, height } = dialog.getBoundingClientRect()
  const left = Math.max(MARGIN, Math.min(x - width, innerWidth - width - MARGIN))
  const top = Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))
  dialog.style.setProperty('left', `${left}px`)
  dialog.style.setProperty('top', `${top}px`)
}

function onKeyDown(event: KeyboardEvent): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined || !(event.currentTarget instanceof HTMLElement)) return
  event.preventDefault()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = items.findIndex((item) => item.matches(':focus'))
  items[(at + by + items.length) % items.length]?.focus()
}
