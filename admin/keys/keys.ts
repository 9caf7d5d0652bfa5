import { KeyRound } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { KeyView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { KeyLine } from './key-line.ts'
import { NewKey } from './new-key.ts'

/** For programs of one's own that send messages, or read them. */
export function Keys({ panel }: { panel: Panel }): View {
  useTitle(t('API keys'))
  const keys = useMemo(() => new Resource<KeyView[]>(async () => (await panel.api.keys()).items), [])
  useEffect(() => void keys.load(), [])
  const loaded = keys.now.value
  const again = () => keys.load()
  return html`
    <div class="page page-narrow">
      <header class="page-head">
        <h1 id="heading" tabindex="-1">${t('API keys')}</h1>
        <p class="muted">${t('Your own programs use a key to send messages into your chat, or to read it.')} <a href="/api/docs">${t('All calls')}</a></p>
      </header>
      ${h(NewKey, { panel, again })}
      ${loaded.state === 'loading' && h(Skeleton, { rows: 3 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The keys could not be loaded.'), error: loaded.error, again: () => void again() })}
      ${loaded.state === 'ready' && h(KeyList, { panel, list: loaded.value, again })}
    </div>
  `
}

function KeyList({ panel, list, again }: { panel: Panel; list: KeyView[]; again: () => Promise<void> }): View {
  if (list.length === 0) {
    return h(Empty, { icon: KeyRound, text: t('No keys yet. You need one only for programs of your own.') })
  }
  return html`<ul class="keys">${list.map((view) => h(KeyLine, { key: view.id, panel, view, again }))}</ul>`
}
