import { CircleAlert, type IconNode, RotateCw } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import type { ApiError } from '../api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'
import { CopyButton } from './copy.ts'
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

/** What failed, what to do now, and what somebody who is asked for help wants to know. */
export function Failed({ what, error, again }: { what: string; error: ApiError; again: () => void }): View {
  return html`
    <div class="failed" role="alert">
      ${h(Icon, { icon: CircleAlert, size: 20 })}
      <div>
        <p><strong>${what}</strong> ${error.message}</p>
        ${error.requestId && html`<p class="faint">${t('Request {id}', { id: error.requestId })}</p>`}
      </div>
      ${h(CopyButton, { text: detailsOf(what, error), label: t('Copy details'), tone: 'ghost' })}
      ${h(Button, { label: t('Try again'), icon: RotateCw, onPress: again })}
    </div>
  `
}

/** Lines of plain text; the fragment may hold a key and stays out. */
function detailsOf(what: string, { message, status, code, requestId }: ApiError): string {
  const request = requestId === null ? [] : [`request ${requestId}`]
  const where = document.getElementById('main')?.dataset.page ?? 'outside'
  return [what, message, `${status} ${code}`, ...request, where, new Date().toISOString(), navigator.userAgent].join(
    '\n',
  )
}
