import type { EngineView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { NOTHING } from '../state/engine-figures.ts'
import { figure, micros, millis } from '../state/units.ts'

type Stance = 'open' | 'busy' | 'overdue'

/** The lock in the middle of the ring: open at rest, going up and down while both threads take turns. */
export function EngineLock({ lock }: { lock: EngineView['lock'] }): View {
  const stance = stanceOf(lock)
  return html`
    <div class="lock" data-stance=${stance}>
      <svg class="lock-icon" viewBox="0 0 32 36" width="40" height="45" aria-hidden="true">
        <path class="lock-shackle" d="M9 17v-6a7 7 0 0 1 14 0v6" />
        <rect class="lock-body" x="4" y="16" width="24" height="18" rx="5" />
        <circle class="lock-hole" cx="16" cy="25" r="3" />
      </svg>
      <p class="lock-words">${WORDS[stance](lock)}</p>
    </div>
  `
}

export function stanceOf({ overdue, holdsPerSecond }: EngineView['lock']): Stance {
  if (overdue > 0) return 'overdue'
  return holdsPerSecond > 0 ? 'busy' : 'open'
}

const WORDS: Record<Stance, (lock: EngineView['lock']) => View> = {
  open: () => html`<strong>${t('Lock open')}</strong><span>${t('nobody needs it')}</span>`,
  busy: ({ holdsPerSecond, held }) => html`
    <strong>${t('Taken {n} × a second', { n: figure(holdsPerSecond) })}</strong>
    <span>${t('for {time} each', { time: held.p50 === null ? NOTHING : micros(held.p50) })}</span>
  `,
  overdue: ({ overdue }) =>
    html`<strong>${t('Held too long')}</strong><span>${t('{time} past its lease', { time: millis(overdue) })}</span>`,
}
