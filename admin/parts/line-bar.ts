import { RotateCw, WifiOff } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { LineState } from '../state/line.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'

/** A thin bar while the server cannot be heard. A first connection that takes its time is not worth a word. */
export function LineBar({ panel }: { panel: Panel }): View | null {
  const state = panel.line.state.value
  const trouble = troubleOf(state, panel.now.value)
  if (trouble === null) return null
  const recorded =
    panel.feed.value.stream.live && state.phase !== 'ended' ? ` ${t('Messages are still being recorded.')}` : ''
  return html`
    <div class="line-bar">
      ${h(Icon, { icon: WifiOff, size: 16 })}
      <p>${trouble.text}<span aria-hidden="true">${trouble.counting}</span>${recorded}</p>
      <span class="unseen" role="status">${trouble.text}</span>
      ${h(Button, { label: t('Retry now'), icon: RotateCw, tone: 'ghost', onPress: () => panel.line.retryNow() })}
    </div>
  `
}

interface Trouble {
  text: string
  /** Changes every second, so it is not read out. */
  counting: string
}

export function troubleOf(state: LineState, now: number): Trouble | null {
  const lost = t('Connection to the server lost.')
  if (state.phase === 'waiting') {
    const seconds = Math.max(1, Math.ceil((state.retryAt - now) / 1_000))
    return { text: lost, counting: ` ${t('Trying again in {n} s.', { n: seconds })}` }
  }
  if (state.phase === 'connecting' && state.attempt > 0) return { text: lost, counting: ` ${t('Trying again…')}` }
  if (state.phase !== 'ended') return null
  if (state.why === 'too-many')
    return { text: t('This panel is open in too many places. Close one, then retry.'), counting: '' }
  return { text: t('The server has ended this connection.'), counting: '' }
}
