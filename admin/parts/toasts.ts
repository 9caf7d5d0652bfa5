import { X } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Toasts as List, Toast } from '../state/toasts.ts'
import { Button } from './button.ts'

export function ToastList({ toasts }: { toasts: List }): View {
  const shown = toasts.list.value
  const of = (tone: Toast['tone']) => shown.filter((toast) => toast.tone === tone)
  const hold = (on: boolean) => () => toasts.hold(on)
  return html`
    <div class="toasts" onPointerEnter=${hold(true)} onPointerLeave=${hold(false)} onFocusIn=${hold(true)} onFocusOut=${hold(false)}>
      <div role="status">${of('ok').map((toast) => h(One, { key: toast.n, toast, toasts }))}</div>
      <div role="alert">${of('err').map((toast) => h(One, { key: toast.n, toast, toasts }))}</div>
    </div>
  `
}

function One({ toast, toasts }: { toast: Toast; toasts: List; key?: number }): View {
  const { n, tone, text, link } = toast
  return html`
    <div class=${`toast toast-${tone}`}>
      <p>${text} ${link && html`<a href=${link.href}>${link.label}</a>`}</p>
      ${h(Button, { label: t('Dismiss'), icon: X, tone: 'ghost', bare: true, onPress: () => toasts.dismiss(n) })}
    </div>
  `
}
