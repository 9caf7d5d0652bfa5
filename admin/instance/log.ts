import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { Card } from '../parts/card.ts'
import { Segments, Toggle } from '../parts/field.ts'
import { Failed } from '../parts/states.ts'
import { machineTime, timeOfDay } from '../state/format.ts'
import { type LogLevel, type LogLine, LogWatch } from '../state/log-watch.ts'
import type { Panel } from '../state/panel.ts'

const LEVELS: readonly { value: LogLevel; label: Text }[] = [
  { value: 'error', label: 'Errors' },
  { value: 'warn', label: 'Warnings' },
  { value: 'info', label: 'Info' },
  { value: 'trace', label: 'All' },
]

/** That the server keeps, see server/log-tail.ts. */
const TAIL_LINES = 1_000

/** What the server has written last; secrets are struck out before they come here. */
export function LogCard({ panel }: { panel: Panel }): View {
  const level = useSignal<LogLevel>('info')
  const following = useSignal(true)
  const watch = useMemo(() => new LogWatch(panel.api.log, level.peek()), [])
  useEffect(() => {
    watch.follow(following.value)
    return () => watch.follow(false)
  }, [following.value])
  const onPick = (picked: LogLevel) => {
    level.value = picked
    watch.choose(picked)
  }
  const onSwitch = (on: boolean) => {
    following.value = on
  }
  const { error, written } = watch
  return h(
    Card,
    { id: 'log', title: t('Log'), class: 'instance-card' },
    html`
      <div class="log-tools">
        ${h(Segments<LogLevel>, { label: t('Lines at least as bad as'), options: LEVELS.map(({ value, label }) => ({ value, label: t(label) })), value: level.value, onPick })}
        ${h(Toggle, { label: t('Follow|the log'), on: following.value, onSwitch })}
      </div>
      ${error.value !== null && h(Failed, { what: t('The log could not be read.'), error: error.value, again: () => void watch.look() })}
      ${h(Lines, { watch, following: following.value })}
      <p class="faint">${written.value === '' ? t('The last {n} lines since the start. No chat stands in it, and no secret.', { n: TAIL_LINES }) : t('The last {n} lines since the start; the server writes from level “{level}” on. No chat stands in it, and no secret.', { n: TAIL_LINES, level: written.value })}</p>
    `,
  )
}

/** Stays at the end while it is followed and the end is in sight. */
function Lines({ watch, following }: { watch: LogWatch; following: boolean }): View {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const lines = watch.lines.value
  useLayoutEffect(() => {
    if (following && atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines, following])
  const onScroll = () => {
    const element = box.current
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
  }
  return html`
    <div class="log" ref=${box} role="log" aria-live="off" aria-label=${t('The newest lines')} tabindex="0" onScroll=${onScroll}>
      ${lines.length === 0 && watch.loaded.value && html`<p class="muted">${t('Nothing of this level was written.')}</p>`}
      <ol>${lines.map((line) => h(Line, { key: line.n, line }))}</ol>
    </div>
  `
}

const NEAR_PX = 24

function Line({ line: { level, at, message, more } }: { line: LogLine; key?: number }): View {
  return html`
    <li data-level=${level}>
      <time datetime=${machineTime(at)}>${timeOfDay(at)}</time>
      <span class="log-level">${level}</span>
      <span class="log-words">${message}${more !== '' && html` <span class="log-more">${more}</span>`}</span>
    </li>
  `
}
