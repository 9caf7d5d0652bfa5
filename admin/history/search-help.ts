import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'

const TERMS: readonly [term: string, finds: Text][] = [
  ['good luck', 'both words'],
  ['"good luck"', 'exactly this'],
  ['from:otter', 'written by otter'],
  ['platform:kick', 'from one platform'],
  ['has:link, has:money', 'with a link, with money'],
  ['kind:raid, role:mod, is:hidden', 'what it is, who said it'],
  ['before:2026-03-14, after:…', 'by day, UTC'],
  ['-word', 'without it'],
]

/** What a search understands. */
export function SearchHelp(): View {
  return html`
    <details class="search-help">
      <summary>${t('Search tips')}</summary>
      <dl>${TERMS.map(([term, finds]) => html`<div><dt><code>${term}</code></dt><dd>${t(finds)}</dd></div>`)}</dl>
    </details>
  `
}
