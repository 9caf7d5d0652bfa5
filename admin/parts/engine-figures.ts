import { h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { EngineView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { SAMPLES } from '../state/engine.ts'
import {
  areaOf,
  DRAWN,
  type Figure,
  HEIGHT,
  highest,
  type Line,
  pathOf,
  STATED,
  WIDTH,
  written,
} from '../state/engine-figures.ts'

type Samples = readonly EngineView[]

/** Small lines over the last minute, newest at the right. */
export function EngineFigures({ samples }: { samples: Samples }): View {
  return html`<div class="gauges">${DRAWN.map((figure) => h(Gauge, { key: figure.id, figure, samples }))}</div>`
}

/** The rest of the figures, as numbers in a row. */
export function EngineCounts({ samples }: { samples: Samples }): View {
  const newest = samples.at(-1)
  return html`
    <dl class="counts">
      ${STATED.map(
        (figure) =>
          html`<div><dt>${t(figure.label)}</dt><dd>${written(figure, newest && figure.lines[0].of(newest))}</dd></div>`,
      )}
    </dl>
  `
}

function Gauge({ figure, samples }: { figure: Figure; samples: Samples; key?: string }): View {
  const newest = samples.at(-1)
  const top = Math.max(...figure.lines.map((line) => highest(line, samples)))
  return html`
    <div class="gauge">
      <p class="gauge-head"><span>${t(figure.label)}</span><span class="gauge-top">${top > 0 && t('max {value}', { value: figure.write(top) })}</span></p>
      <p class="gauge-now">${figure.lines.map((line, i) => now(figure, line, i, newest))}</p>
      ${h(Lines, { figure, samples, top })}
    </div>
  `
}

function now(figure: Figure, line: Line, place: number, newest: EngineView | undefined): View {
  const value = written(figure, newest && line.of(newest))
  if (place === 0) return html`<strong>${value}</strong>`
  return html`<span class="gauge-more"><i class="gauge-dash"></i>${line.name} ${value}</span>`
}

function Lines({ figure, samples, top }: { figure: Figure; samples: Samples; top: number }): View {
  const drawing = useSlide(samples.at(-1)?.at)
  const values = figure.lines.map((line) => samples.map(line.of))
  return html`
    <div class="gauge-lines" aria-hidden="true">
      <svg class="gauge-drawing" ref=${drawing} viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
        <path class="gauge-area" d=${areaOf(values[0] ?? [], SAMPLES, top)} />
        ${values.map((each, i) => html`<path class="gauge-line" d=${pathOf(each, SAMPLES, top)} data-line=${i} />`)}
      </svg>
    </div>
  `
}

const SLIDE_MS = 500

/** Lets the drawing glide by one place instead of jumping; stands still for those who want no motion. */
function useSlide(at: number | undefined) {
  const drawing = useRef<SVGSVGElement>(null)
  useLayoutEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const from = `translateX(${(100 / (SAMPLES - 1)).toFixed(3)}%)`
    drawing.current?.animate([{ transform: from }, { transform: 'none' }], { duration: SLIDE_MS })
  }, [at])
  return drawing
}
