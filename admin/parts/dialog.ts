import { X } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'

export interface DialogProps {
  id: string
  title: string
  onClose: () => void
  /** False: it stays until what it asks is done. */
  closable?: boolean
  wide?: boolean
  /** Between narrow and wide. */
  middle?: boolean
  children?: ComponentChildren
}

/** Modal for as long as it is drawn. Closing it gives the focus back to where it was. */
export function Dialog({ id, title, onClose, closable = true, wide, middle, children }: DialogProps): View {
  const element = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  const onCancel = (event: Event) => {
    event.preventDefault()
    if (closable) onClose()
  }
  // A browser lets nobody prevent the second Escape in a row.
  const onClosed = () => {
    if (closable && element.current !== null) onClose()
    else element.current?.showModal()
  }
  return html`
    <dialog ref=${element} class=${`dialog ${wide ? 'dialog-wide' : middle ? 'dialog-middle' : ''}`} aria-labelledby=${`${id}-heading`} onCancel=${onCancel} onClose=${onClosed}>
      <div class="dialog-head">
        <h2 id=${`${id}-heading`}>${title}</h2>
        ${closable && h(Button, { label: t('Close'), icon: X, tone: 'ghost', bare: true, onPress: onClose })}
      </div>
      ${children}
    </dialog>
  `
}
