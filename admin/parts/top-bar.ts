import { MonitorPlay } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { tn } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { AccountMenu } from './account-menu.ts'
import { Brand } from './brand.ts'
import { ChannelSwitch } from './channel-switch.ts'
import { Icon } from './icon.ts'
import { PlatformChips } from './platform-chips.ts'
import { StreamButton } from './stream-button.ts'

export function TopBar({ panel }: { panel: Panel }): View {
  return html`
    <header class="top-bar">
      <a class="brand" href="#/live" aria-label="CrossChat">${h(Brand, { size: 26 })}<span>CrossChat</span></a>
      ${h(ChannelSwitch, { panel, id: 'channel' })}
      ${h(PlatformChips, { panel })}
      <div class="top-bar-end">
        ${h(OverlaysChip, { panel })}
        ${h(StreamButton, { panel })}
        ${h(AccountMenu, { panel })}
      </div>
    </header>
  `
}

function OverlaysChip({ panel }: { panel: Panel }): View | null {
  const status = panel.feed.value.status
  if (!status) return null
  const open = status.overlays.length
  const words = tn(open, '{n} overlay open', '{n} overlays open')
  return html`
    <span class="chip chip-overlays" title=${words}>
      ${h(Icon, { icon: MonitorPlay })}
      <span class="light" data-light=${open > 0 ? 'on' : 'off'}></span>
      <span class="chip-count" aria-hidden="true">${open}</span>
      <span class="chip-word">${words}</span>
    </span>
  `
}
