import { type Signal, useSignal } from '@preact/signals'
import { h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { Segments, Toggle } from '../parts/field.ts'
import { SOURCE } from '../state/obs.ts'

/** Where the overlay is judged: what lies behind it, and how large it is there. */

const BACKDROPS = {
  dark: 'Dark game',
  busy: 'Busy game',
  snow: 'Snow',
  checks: 'Checkerboard',
  solid: 'Solid grey',
} as const
type Backdrop = keyof typeof BACKDROPS
const PICTURES = {
  wide: { label: '16 : 9', width: 1_920, height: 1_080 },
  tall: { label: '9 : 16', width: 1_080, height: 1_920 },
} as const
type Picture = keyof typeof PICTURES
const SIZES = { picture: 'Whole picture', source: `${SOURCE.width} × ${SOURCE.height}` } as const
type Size = keyof typeof SIZES
const ZOOMS = { fit: 'Fit', real: '100 %' } as const
type Zoom = keyof typeof ZOOMS

interface Scene {
  backdrop: Signal<Backdrop>
  picture: Signal<Picture>
  size: Signal<Size>
  zoom: Signal<Zoom>
  guides: Signal<boolean>
}

export function Stage({ address }: { address: string }): View {
  const scene: Scene = {
    backdrop: useSignal<Backdrop>('dark'),
    picture: useSignal<Picture>('wide'),
    size: useSignal<Size>('picture'),
    zoom: useSignal<Zoom>('fit'),
    guides: useSignal(false),
  }
  return html`
    ${h(SceneTools, { scene })}
    ${h(Scene, { scene, address })}
  `
}

/** The page stands there at its true size in pixels; only the whole picture is made smaller. */
function Scene({ scene, address }: { scene: Scene; address: string }): View {
  const room = useRef<HTMLDivElement>(null)
  const fitting = useSignal(0)
  const { width, height } = PICTURES[scene.picture.value]
  useLayoutEffect(() => {
    const element = room.current
    if (!element) return
    const measure = () => {
      fitting.value = Math.min(element.clientWidth / width, element.clientHeight / height)
    }
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    measure()
    return () => watch.disconnect()
  }, [width, height])
  const real = scene.zoom.value === 'real'
  const scale = real ? 1 : fitting.value
  const box = scene.size.value === 'source' ? SOURCE : { width, height }
  const px = (length: number) => `${length}px`
  return html`
    <div class="room" ref=${room} data-zoom=${scene.zoom.value} style=${{ aspectRatio: `${width} / ${height}` }} tabindex=${real ? '0' : undefined}
      role=${real ? 'region' : undefined} aria-label=${real ? 'Preview at full size' : undefined}>
      <div class="picture-place" style=${{ width: px(width * scale), height: px(height * scale) }}>
        <div class="picture" data-backdrop=${scene.backdrop.value}
          style=${{ width: px(width), height: px(height), transform: `scale(${scale})` }}>
          <iframe id="preview" title="Preview of the draft" sandbox="allow-scripts" src=${address}
            style=${{ width: px(box.width), height: px(box.height) }}></iframe>
          ${scene.guides.value && html`<div class="guides" aria-hidden="true"><span>Action 3.5 %</span><span>Graphics 5 %</span></div>`}
        </div>
      </div>
    </div>
  `
}

function SceneTools({ scene }: { scene: Scene }): View {
  const onBackdrop = ({ currentTarget }: Event) => {
    scene.backdrop.value = (currentTarget as HTMLSelectElement).value as Backdrop
  }
  const onSwitch = (on: boolean) => {
    scene.guides.value = on
  }
  return html`
    <div class="scene-tools">
      <label class="picked"><span>Behind it</span>
        <select id="backdrop" value=${scene.backdrop.value} onChange=${onBackdrop}>
          ${Object.entries(BACKDROPS).map(([value, label]) => html`<option value=${value}>${label}</option>`)}
        </select>
      </label>
      ${segments(
        'Shape of the picture',
        mapped(PICTURES, ({ label }) => label),
        scene.picture,
      )}
      ${segments('Size of the source', SIZES, scene.size)}
      ${segments('Zoom', ZOOMS, scene.zoom)}
      ${h(Toggle, { label: 'Safe areas', on: scene.guides.value, onSwitch })}
    </div>
  `
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
