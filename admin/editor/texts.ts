import { useSignal } from '@preact/signals'
import { MAX_CSS, MAX_WORD, MAX_WORDS_LISTED, type Setting } from '../../server/look-kinds.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { cssTroubles } from '../state/css-check.ts'
import type { ControlProps } from './control.ts'

type Words = Extract<Setting, { kind: 'words' }>
type Css = Extract<Setting, { kind: 'css' }>

export function WordsControl({ id, value, onValue, described, complaint }: ControlProps<Words>): View {
  const typed = useSignal<string | null>(null)
  const words = Array.isArray(value) ? value.map(String) : []
  const onInput = ({ currentTarget }: InputEvent) => {
    typed.value = (currentTarget as HTMLTextAreaElement).value
    const given = wordsIn(typed.value)
    complaint.value = complaintOf(given)
    if (complaint.value === null) onValue(given)
  }
  const onBlur = () => {
    if (complaint.value === null) typed.value = null
  }
  return html`
    <textarea id=${id} rows="3" aria-describedby=${described} aria-invalid=${complaint.value ? 'true' : undefined}
      spellcheck=${false} placeholder=${t('One on each line')} value=${typed.value ?? words.join('\n')} onInput=${onInput}
      onBlur=${onBlur}></textarea>
    <p class="field-hint counter">${t('{n} of {most}', { n: words.length, most: MAX_WORDS_LISTED })}</p>
  `
}

export function CssControl({ id, value, onValue, described, complaint }: ControlProps<Css>): View {
  const typed = useSignal<string | null>(null)
  const css = typed.value ?? String(value)
  const troubles = cssTroubles(css, (property, written) => CSS.supports(property, written))
  const onInput = ({ currentTarget }: InputEvent) => {
    typed.value = (currentTarget as HTMLTextAreaElement).value
    const over = typed.value.length - MAX_CSS
    complaint.value = over > 0 ? tn(over, '{n} character too many.', '{n} characters too many.') : null
    if (complaint.value === null) onValue(typed.value)
  }
  const onBlur = () => {
    if (complaint.value === null) typed.value = null
  }
  return html`
    <textarea class="css" id=${id} rows="12" aria-describedby=${described} aria-invalid=${complaint.value ? 'true' : undefined}
      spellcheck=${false} autocapitalize="off" wrap="off" placeholder=".cc-name { letter-spacing: .02em }" value=${css}
      onInput=${onInput} onBlur=${onBlur}></textarea>
    <p class="field-hint counter">${t('{n} of {most} characters', { n: css.length, most: MAX_CSS })}</p>
    <div role="status"><ul class="troubles">${troubles.map(({ line, what }) => html`<li>${t('Line {line}: {trouble}', { line, trouble: what })}</li>`)}</ul></div>
  `
}

function wordsIn(text: string): string[] {
  const words = text.split(/[\n,]/).map((word) => word.trim())
  return [...new Set(words.filter((word) => word !== ''))]
}

function complaintOf(words: readonly string[]): string | null {
  if (words.length > MAX_WORDS_LISTED)
    return t('At most {most}; these are {n}.', { most: MAX_WORDS_LISTED, n: words.length })
  const long = words.find((word) => word.length > MAX_WORD)
  if (long === undefined) return null
  return t('“{word}…” is longer than {most} letters.', { word: long.slice(0, 20), most: MAX_WORD })
}
