import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { withoutCss } from '../state/look-address.ts'
import { SOURCE } from '../state/obs.ts'
import type { Panel } from '../state/panel.ts'
import { DropPlace } from './drop-place.ts'
import { type OwnPicture, useOwnPicture } from './own-picture.ts'
import { PICTURES, type Scene, SceneTools, useScene } from './scene-tools.ts'

export interface StageProps {
  panel: Panel
  /** Of the page that shows the draft. */
  address: string
  hasCss: boolean
}

/** Where the overlay is judged. */
export function Stage({ panel, address, hasCss }: StageProps): View {
  const scene = useScene()
  const own = useOwnPicture(panel, () => {
    scene.backdrop.value = 'own'
  })
  const bare = hasCss && !scene.css.value
  return html`
    ${h(SceneTools, { scene, own, hasCss })}
    ${h(Scenery, { scene, own, address: bare ? withoutCss(address) : address })}
    ${h(DropPlace, { onFile: (file) => void own.take(file) })}
  `
}

/** The page stands there at its true size in pixels; only the whole picture is made smaller. */
function Scenery({ scene, own, address }: { scene: Scene; own: OwnPicture; address: string }): View {
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
  const behind = scene.backdrop.value === 'own' ? own.address.value : null
  const px = (length: number) => `${length}px`
  return html`
    <div class="room" ref=${room} data-zoom=${scene.zoom.value} style=${{ aspectRatio: `${width} / ${height}` }} tabindex=${real ? '0' : undefined}
      role=${real ? 'region' : undefined} aria-label=${real ? t('Preview at full size') : undefined}>
      <div class="picture-place" style=${{ width: px(width * scale), height: px(height * scale) }}>
        <div class="picture" data-backdrop=${scene.backdrop.value}
          style=${{ width: px(width), height: px(height), transform: `scale(${scale})` }}>
          ${behind !== null && html`<img class="own-backdrop" src=${behind} alt="" />`}
          <iframe key=${address} id="preview" title=${t('Preview of the draft')} sandbox="allow-scripts" src=${address}
            style=${{ width: px(box.width), height: px(box.height) }}></iframe>
          ${scene.guides.value && html`<div class="guides" aria-hidden="true"><span>${t('Action {share} %', { share: 3.5 })}</span><span>${t('Graphics {share} %', { share: 5 })}</span></div>`}
        </div>
      </div>
    </div>
  `
}
