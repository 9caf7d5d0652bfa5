import { Eye, MonitorOff, Star, X } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'

/** What stands on the overlays besides the chat: a featured message, or nothing at all while they are held empty. */
export function PictureBar({ panel }: { panel: Panel }): View | null {
  const { panic, featured } = panel.feed.value
  const failed = (error: Error) => panel.toasts.failed(error)
  if (panic) {
    const end = () => void panel.api.panic(false).catch(failed)
    return html`
      <div class="picture-bar" data-panic role="status">
        ${h(Icon, { icon: MonitorOff })}
        <p>The overlays are held empty. Chat goes on here and in the archive.</p>
        ${h(Button, { label: 'Show chat', icon: Eye, onPress: end })}
      </div>
    `
  }
  if (featured === null) return null
  const down = () => void panel.api.feature(null).catch(failed)
  return html`
    <div class="picture-bar">
      ${h(Icon, { icon: Star })}
      <p>Featured: ${featured.author && html`<bdi>${featured.author.name}</bdi>: `}<bdi>${featured.text}</bdi></p>
      ${h(Button, { label: 'Take down', icon: X, onPress: down })}
    </div>
  `
}
