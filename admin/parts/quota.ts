import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Meter } from '../state/quota.ts'

/** What may still be asked of a platform's API. */
export function Quota({ id, meter }: { id: string; meter: Meter }): View {
  const { used, limit, scarce, spent, words, again } = meter
  return html`
    <div class="quota">
      <p class="quota-head"><span id=${`${id}-quota`}>${t('API quota')}</span><span class="muted">${words}</span></p>
      <meter aria-labelledby=${`${id}-quota`} min="0" max=${limit} low=${scarce} high=${limit - 1} optimum="0" value=${used} aria-valuetext=${words}></meter>
      <p class="faint">${spent && `${t('Used up.')} `}${again}</p>
    </div>
  `
}
