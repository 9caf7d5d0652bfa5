import type { EngineView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { DRAWN, type Figure, highest, type Line, STATED, written } from '../state/engine-figures.ts'

interface TableProps {
  id: string
  samples: readonly EngineView[]
  /** Out of sight it is still there for screen readers. */
  shown: boolean
}

/** Every figure as numbers. */
export function EngineTable({ id, samples, shown }: TableProps): View {
  return html`
    <div id=${id} class=${shown ? 'engine-table card' : 'unseen'}>
      <p class="unseen" id=${`${id}-note`}>${t('A table on this page holds all figures.')}</p>
      <table>
        <caption>${t('Figures of the last second, and the highest of the last minute')}</caption>
        <thead><tr><th scope="col">${t('Figure')}</th><th scope="col">${t('Now')}</th><th scope="col">${t('Highest')}</th></tr></thead>
        <tbody>
          ${[...DRAWN, ...STATED].flatMap((figure) => figure.lines.map((line) => row(figure, line, samples)))}
        </tbody>
      </table>
    </div>
  `
}

function row(figure: Figure, line: Line, samples: readonly EngineView[]): View {
  const newest = samples.at(-1)
  return html`
    <tr>
      <th scope="row">${line.name === '' ? t(figure.label) : `${t(figure.label)}, ${line.name}`}</th>
      <td>${written(figure, newest && line.of(newest))}</td>
      <td>${figure.write(highest(line, samples))}</td>
    </tr>
  `
}
