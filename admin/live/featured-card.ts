import { X } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { Mark } from '../parts/mark.ts'
import type { Panel } from '../state/panel.ts'

/** The message that the overlays show large, while one is. */
export function FeaturedCard({ panel }: { panel: Panel }): View | null {
  const { featured } = panel.feed.value
  if (featured === null) return null
  const clear = h(Button, { label: t('Clear'), icon: X, tone: 'ghost', onPress: () => panel.desk.hands.feature(null) })
  return h(
    Card,
    {
      id: 'featured',
      title: t('Featured message'),
      class: 'featured-card',
      aside: panel.works.may('moderator') && clear,
    },
    html`
      <figure class="featured">
        <blockquote><bdi>${featured.text}</bdi></blockquote>
        <figcaption>
          ${h(Mark, { id: featured.platform, about: panel.abouts.value.get(featured.platform) })}
          ${featured.author && html`<bdi>${featured.author.name}</bdi>`}
        </figcaption>
      </figure>
    `,
  )
}
