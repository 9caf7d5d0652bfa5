import { type Signal, useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { Segments, Toggle } from '../parts/field.ts'
import { SOURCE } from '../state/obs.ts'
import { type OwnPicture, OwnPictureTools } from './own-picture.ts'

/** What the overlay is judged on: what lies behind it, and how large it is there. */

const BACKDROPS = {
  dark: 'Dark game',
  busy: 'Busy game',
  snow: 'Snow',
  checks: 'Checkerboard',
  solid: 'Solid grey',
  own: 'Your picture',
} as const satisfies Record<string, Text>
type Backdrop = keyof typeof BACKDROPS
export const PICTURES = {
  wide: { label: '16 : 9', width: 1_920, height: 1_080 },
  tall: { label: '9 : 16', width: 1_080, height: 1_920 },
} as const
type Picture = keyof typeof PICTURES
type Size = 'picture' | 'source'
type Zoom = 'fit' | 'real'

export interface Scene {
  backdrop: Signal<Backdrop>
  picture: Signal<Picture>
  size: Signal<Size>
  zoom: Signal<Zoom>
  guides: Signal<boolean>
  /** Whether the custom CSS counts. */
  css: Signal<boolean>
}

export function useScene(): Scene {
  return {
    backdrop: useSignal<Backdrop>('dark'),
    picture: useSignal<Picture>('wide'),
    size: useSignal<Size>('picture'),
    zoom: useSignal<Zoom>('fit'),
    guides: useSignal(false),
    css: useSignal(true),
  }
}

export interface SceneToolsProps {
  scene: Scene
  own: OwnPicture
  /** Whether there is any. */
  hasCss: boolean
}

export function SceneTools({ scene, own, hasCss }: SceneToolsProps): View {
  const onBackdrop = ({ currentTarget }: Event) => {
    scene.backdrop.value = (currentTarget as HTMLSelectElement).value as Backdrop
  }
  const all = Object.keys(BACKDROPS) as Backdrop[]
  const backdrops = all.filter((value) => value !== 'own' || own.address.value !== null)
  return html`
    <div class="scene-tools">
      <label class="picked"><span>${t('Behind it')}</span>
        <select id="backdrop" value=${scene.backdrop.value} onChange=${onBackdrop}>
          ${backdrops.map((value) => html`<option value=${value} selected=${value === scene.backdrop.value}>${t(BACKDROPS[value])}</option>`)}
        </select>
      </label>
      ${h(OwnPictureTools, { picture: own })}
      ${segments(
        t('Shape of the picture'),
        mapped(PICTURES, ({ label }) => label),
        scene.picture,
      )}
      ${segments(t('Size of the source'), sizes(), scene.size)}
      ${segments(t('Zoom'), { fit: t('Fit'), real: '100 %' }, scene.zoom)}
      ${switched(t('Safe areas'), scene.guides)}
      ${hasCss && switched(t('Custom CSS'), scene.css)}
    </div>
  `
}

function sizes(): Record<Size, string> {
  return { picture: t('Whole picture'), source: `${SOURCE.width} × ${SOURCE.height}` }
}

function switched(label: string, on: Signal<boolean>): View {
  const onSwitch = (now: boolean) => {
    on.value = now
  }
  return h(Toggle, { label, on: on.value, onSwitch })
}

function segments<K extends string>(label: string, labels: Readonly<Record<K, string>>, chosen: Signal<K>): View {
  const options = (Object.keys(labels) as K[]).map((value) => ({ value, label: labels[value] }))
  const onPick = (value: K) => {
    chosen.value = value
  }
  return h(Segments<K>, { label, options, value: chosen.value, onPick })
}

function mapped<K extends string, V>(values: Readonly<Record<K, V>>, make: (value: V) => string): Record<K, string> {
  const keys = Object.keys(values) as K[]
  return Object.fromEntries(keys.map((key) => [key, make(values[key])])) as Record<K, string>
}
