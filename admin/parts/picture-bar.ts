import { Eye, Gauge, MonitorOff, Star, Timer, X } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'

/** What stands on the overlays besides the chat: a featured message, few messages a second, or nothing at all. */
export function PictureBar({ panel }: { panel: Panel }): View | null {
  const { panic, slow, featured } = panel.feed.value
  if (panic) return h(Held, { panel })
  if (!slow && featured === null) return null
  return html`${slow && h(Slowed, { panel })}${featured !== null && h(Featured, { panel })}`
}

function Held({ panel }: { panel: Panel }): View {
  const end = () => void panel.api.panic(false).catch((error: Error) => panel.toasts.failed(error))
  return html`
    <div class="picture-bar" data-panic role="status">
      ${h(Icon, { icon: MonitorOff })}
      <p>${t('The overlays are held empty. Chat goes on here and in the archive.')}</p>
      ${panel.works.may('moderator') && h(Button, { label: t('Show chat'), icon: Eye, onPress: end })}
    </div>
  `
}

function Slowed({ panel }: { panel: Panel }): View {
  const end = () => void panel.api.slow(false).catch((error: Error) => panel.toasts.failed(error))
  return html`
    <div class="picture-bar" data-slow role="status">
      ${h(Icon, { icon: Timer })}
      <p>${t('Slow display: one message a second.')}</p>
      ${panel.works.may('moderator') && h(Button, { label: t('Full speed'), icon: Gauge, onPress: end })}
    </div>
  `
}

function Featured({ panel }: { panel: Panel }): View | null {
  const { featured } = panel.feed.value
  if (featured === null) return null
  const down = () => void panel.api.feature(null).catch((error: Error) => panel.toasts.failed(error))
  return html`
    <div class="picture-bar" data-featured>
      ${h(Icon, { icon: Star })}
      <p>${t('Featured:')} ${featured.author && html`<bdi>${featured.author.name}</bdi>: `}<bdi>${featured.text}</bdi></p>
      ${panel.works.may('moderator') && h(Button, { label: t('Take down'), icon: X, onPress: down })}
    </div>
  `
}
