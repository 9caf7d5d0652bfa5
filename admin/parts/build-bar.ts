import { RotateCw, Sparkles } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Button } from './button.ts'
import { Icon } from './icon.ts'

/** This page's build, put in when it was built. */
declare const __BUILD__: string
/** What a server says that serves no built pages. */
const NO_BUILD = 'none'

/** The server has newer pages than this one. The person says when to reload: something may be half typed. */
export function BuildBar({ panel }: { panel: Panel }): View | null {
  const { build } = panel.feed.value
  if (build === null || build === NO_BUILD || build === __BUILD__) return null
  return html`
    <div class="line-bar line-bar-news" role="status">
      ${h(Icon, { icon: Sparkles, size: 16 })}
      <p>${t('CrossChat was updated. Reload this page to use the new version.')}</p>
      ${h(Button, { label: t('Reload'), icon: RotateCw, tone: 'ghost', onPress: () => location.reload() })}
    </div>
  `
}
