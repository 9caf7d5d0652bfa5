import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'

/** While a file is dragged over the window: where to let go. It is taken wherever it falls; the page never leaves for it. */
export function DropPlace({ onFile }: { onFile: (file: File) => void }): View | null {
  const dragged = useSignal(false)
  useEffect(() => {
    const show = (on: boolean) => {
      dragged.value = on
    }
    return listenToFiles(show, onFile)
  }, [])
  if (!dragged.value) return null
  return html`<div class="drop-place"><p>${t('Let go to see the overlay on this picture.')}<br />${t('It stays in this browser.')}</p></div>`
}

function listenToFiles(show: (on: boolean) => void, onFile: (file: File) => void): () => void {
  const over = (event: DragEvent) => {
    if (!isForUs(event)) return
    event.preventDefault()
    show(true)
  }
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) show(false)
  }
  const drop = (event: DragEvent) => {
    show(false)
    const file = event.dataTransfer?.files[0]
    if (!isForUs(event) || file === undefined) return
    event.preventDefault()
    onFile(file)
  }
  document.addEventListener('dragenter', over)
  document.addEventListener('dragover', over)
  document.addEventListener('dragleave', leave)
  document.addEventListener('drop', drop)
  return () => {
    document.removeEventListener('dragenter', over)
    document.removeEventListener('dragover', over)
    document.removeEventListener('dragleave', leave)
    document.removeEventListener('drop', drop)
  }
}

/** A dialog has fields of its own for files. */
const isForUs = ({ dataTransfer }: DragEvent) =>
  dataTransfer?.types.includes('Files') === true && document.querySelector('dialog[open]') === null
