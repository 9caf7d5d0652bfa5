import { type Signal, useSignal } from '@preact/signals'
import { h } from 'preact'
import { useMemo } from 'preact/hooks'
import { encode } from 'uqr'
import type { DockView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { CopyButton } from '../parts/copy.ts'
import { Dialog } from '../parts/dialog.ts'
import { Segments, Toggle } from '../parts/field.ts'
import { NumberField } from '../parts/number-field.ts'
import { QR_BORDER, QrPicture } from '../parts/qr.ts'
import { DOCK_SIZES, type DockWishes, dockAddress, USUAL } from './dock-address.ts'

type Which = 'chat' | 'control'

/** A dock as it will look in OBS, what of that can be chosen, and its address for another machine. */
export function DockDialog({ dock, onClose }: { dock: DockView; onClose: () => void }): View {
  const which = useSignal<Which>('chat')
  const wishes = useSignal(USUAL)
  const { name, url, controlUrl } = dock
  const address = dockAddress(which.value === 'control' && controlUrl !== null ? controlUrl : url, wishes.value)
  return h(
    Dialog,
    { id: 'dock-options', title: t('Dock “{name}”', { name }), wide: true, onClose },
    html`
      <div class="dock-options">
        <div class="form">
          ${controlUrl !== null && h(WhichOne, { which })}
          ${which.value === 'chat' && h(Wishes, { dock, wishes })}
          ${h(CopyButton, { text: address, label: t('Copy this address'), tone: 'primary' })}
          ${h(Code, { address, name })}
        </div>
        <figure class="dock-sample">
          <iframe key=${address} src=${address} title=${t('The dock as it looks in OBS')} width="320" height="460" sandbox="allow-scripts"></iframe>
          <figcaption class="faint">${t('320 px wide, with your chat as it is now.')}</figcaption>
        </figure>
      </div>
    `,
  )
}

function WhichOne({ which }: { which: Signal<Which> }): View {
  return h(Segments<Which>, {
    label: t('Which dock'),
    options: [
      { value: 'chat', label: t('Chat dock') },
      { value: 'control', label: t('Control dock') },
    ],
    value: which.value,
    onPick: (value) => {
      which.value = value
    },
  })
}

function Wishes({ dock, wishes }: { dock: DockView; wishes: Signal<DockWishes> }): View {
  const set = (change: Partial<DockWishes>) => {
    wishes.value = { ...wishes.value, ...change }
  }
  const { size, badges, actions, keys, sound } = wishes.value
  return html`
    ${h(NumberField, { id: 'dock-size', label: t('Text size (px)'), value: size, range: DOCK_SIZES, onNumber: (next) => set({ size: next }) })}
    ${h(Toggle, { label: t('Badges'), on: badges, onSwitch: (on) => set({ badges: on }) })}
    ${dock.scope !== 'read' && h(Toggle, { label: t('Buttons on messages'), on: actions, onSwitch: (on) => set({ actions: on }) })}
    ${dock.scope !== 'read' && h(Toggle, { label: t('Single-key shortcuts'), on: keys, onSwitch: (on) => set({ keys: on }) })}
    ${h(Toggle, { id: 'dock-sound', label: t('Sound for first-timers'), hint: t('A short tone when somebody writes for the first time.'), on: sound, onSwitch: (on) => set({ sound: on }) })}
  `
}

function Code({ address, name }: { address: string; name: string }): View {
  const modules = useMemo(() => encode(address, { ecc: 'M', border: QR_BORDER }).data, [address])
  return html`
    <details class="dock-code">
      <summary>${t('QR code')}</summary>
      ${h(QrPicture, { modules, label: t('QR code of the address of {name}', { name }) })}
      <p class="muted">${t('For a phone or a tablet beside you. Whoever can see this code can do what the dock may: keep it off your stream.')}</p>
    </details>
  `
}
