import { Archive, Cpu, type IconNode, MonitorPlay, Split } from 'lucide'
import { type ComponentChildren, h } from 'preact'
import type { EngineView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn, tx } from '../language/words.ts'
import type { EngineState } from '../state/engine.ts'
import { describe } from '../state/engine-figures.ts'
import type { Panel } from '../state/panel.ts'
import { bytes, figure } from '../state/units.ts'
import { EngineLock } from './engine-lock.ts'
import { EngineRing } from './engine-ring.ts'
import { Icon } from './icon.ts'
import { Mark } from './mark.ts'

/** What the hold-back queue is drawn with; it is full at 4 MB, see workers/publish.ts. */
const HOLD_BACK_BYTES = 4 * 1_024 * 1_024
const SLOTS = 8

interface PictureProps {
  panel: Panel
  state: EngineState
  view: EngineView
  /** The id of the table that says the same in numbers. */
  table: string
}

/** The line at work: worker, hold-back queue, ring, lock, main thread. */
export function EnginePicture({ panel, state, view, table }: PictureProps): View {
  const { ring } = view
  return html`
    <figure class="stage" aria-labelledby="engine-picture-card" aria-describedby=${`engine-said ${table}-note`} data-moving=${ring.recordsPerSecond > 0 ? '' : undefined}>
      <p class="unseen" id="engine-said">${describe(view)}</p>
      ${h(WorkerSide, { panel, view })}
      ${h(Flow, { side: 'worker', rate: ring.recordsPerSecond })}
      <div class="stage-ring">
        ${h(EngineRing, { state })}
        ${h(EngineLock, { lock: view.lock })}
      </div>
      ${h(Flow, { side: 'main', rate: ring.recordsPerSecond })}
      ${h(MainSide, { view })}
      <figcaption class="stage-caption">
        <span><i class="key key-waiting"></i>${tx('in the ring {size} of {most}', { size: html`<strong>${bytes(ring.depth)}</strong>`, most: bytes(ring.capacity) })}</span>
        <span><i class="key key-deepest"></i>${tx('most in this second {size}', { size: html`<strong>${bytes(ring.deepest)}</strong>` })}</span>
        <span><i class="key key-taken"></i>${t('just taken')}</span>
      </figcaption>
    </figure>
  `
}

function WorkerSide({ panel, view }: { panel: Panel; view: EngineView }): View {
  const { worker } = view
  const abouts = [...panel.abouts.value.values()]
  return html`
    <div class="stage-side stage-worker">
      <div class="stage-marks">${abouts.map((about) => h(Mark, { id: about.id, about, quiet: true }))}</div>
      ${h(
        Thread,
        {
          title: t('Worker thread'),
          icon: Cpu,
          does: t('reads and encodes'),
          busy: worker.busy,
          asleep: !worker.ready,
        },
        html`
          <div class="hold-back">
            <span class="hold-back-slots" aria-hidden="true">
              ${Array.from({ length: SLOTS }, (_, i) => html`<i data-full=${worker.held > (i / SLOTS) * HOLD_BACK_BYTES ? '' : undefined}></i>`)}
            </span>
            <span>${tx('held back {size}', { size: html`<strong>${bytes(worker.held)}</strong>` })}</span>
          </div>
        `,
      )}
    </div>
  `
}

function MainSide({ view }: { view: EngineView }): View {
  return html`
    <div class="stage-side stage-main">
      ${h(
        Thread,
        { title: t('Main thread'), icon: Split, does: t('takes and hands on'), busy: view.loop.busy },
        html`
          <ul class="outlets">
            <li>${h(Icon, { icon: MonitorPlay, size: 16 })}<span>${tn(view.sockets, '{n} socket', '{n} sockets')}</span></li>
            <li>${h(Icon, { icon: Archive, size: 16 })}<span>${tn(view.archiveQueue, '{n} to archive', '{n} to archive')}</span></li>
          </ul>
        `,
      )}
    </div>
  `
}

interface ThreadProps {
  title: string
  icon: IconNode
  does: string
  busy: number
  /** It is being started. */
  asleep?: boolean
  children?: ComponentChildren
}

function Thread({ title, icon, does, busy, asleep = false, children }: ThreadProps): View {
  return html`
    <div class="thread">
      <h3>${h(Icon, { icon, size: 16 })}${title}</h3>
      <p class="faint">${asleep ? t('is being started') : does}</p>
      <p class="thread-busy"><span class="thread-bar" aria-hidden="true"><i style=${{ width: percentOf(busy) }}></i></span><span>${t('{n} % busy', { n: Math.round(busy * 100) })}</span></p>
      ${children}
    </div>
  `
}

const percentOf = (share: number) => `${Math.round(share * 100)}%`

/** Dots that run the faster the more goes through; each is a crowd of records, not one. */
function Flow({ side, rate }: { side: 'worker' | 'main'; rate: number }): View {
  return html`
    <div class=${`flow flow-${side}`} aria-hidden="true" style=${{ '--pace': `${paceOf(rate)}ms` }}>
      <span>${side === 'worker' ? t('writes') : t('takes')}</span>
      <i class="flow-dots"></i>
      <span>${t('{n}/s', { n: figure(rate) })}</span>
    </div>
  `
}

const SLOWEST_MS = 2_400
const FASTEST_MS = 300

/** Steps, so that the dots do not jump with every measurement. */
export function paceOf(rate: number): number {
  const doublings = Math.round(Math.log2(Math.max(1, rate)) / 2)
  return Math.max(FASTEST_MS, SLOWEST_MS / 1.6 ** doublings)
}
