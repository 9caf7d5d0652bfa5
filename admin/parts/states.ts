import { CircleAlert, type IconNode, RotateCw } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import type { ApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'

/** One sentence, one action, a small picture. */
export function Empty({ icon, text, children }: { icon: IconNode; text: string; children?: ComponentChildren }): View {
  return html`
    <div class="empty">
      <span class="empty-picture">${h(Icon, { icon, size: 28 })}</span>
      <p>${text}</p>
      ${children}
    </div>
  `
}

/** Grey bars that appear only when loading takes long enough to be noticed. */
export function Skeleton({ rows = 5 }: { rows?: number }): View {
  return html`
    <div class="skeleton" role="status">
      <span class="unseen">${t('Loading')}</span>
      ${Array.from({ length: rows }, () => html`<span class="skeleton-row"></span>`)}
    </div>
  `
}

/** What failed, what to do now. */
export function Failed({ what, error, again }: { what: string; error: ApiError; again: () => void }): View {
  return html`
    <div class="failed" role="alert">
      ${h(Icon, { icon: CircleAlert, size: 20 })}
      <div>
        <p><strong>${what}</strong> ${error.message}</p>
        ${error.requestId && html`<p class="faint">${t('Request {id}', { id: error.requestId })}</p>`}
      </div>
      ${h(Button, { label: t('Try again'), icon: RotateCw, onPress: again })}
    </div>
  `
}
