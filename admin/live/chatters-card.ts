import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { FiguresView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tn } from '../language/words.ts'
import { Card } from '../parts/card.ts'
import { Mark } from '../parts/mark.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { number } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'

const SHOWN = 5
/** The server reads the whole stream to count, so it is asked now and then, and only for whoever looks. */
const EVERY_MS = 30_000

/** Who writes most in the running stream. */
export function ChattersCard({ panel }: { panel: Panel }): View | null {
  const { live, id } = panel.feed.value.stream
  if (!live || id === undefined) return null
  return h(Counted, { key: id, panel, id })
}

function Counted({ panel, id }: { panel: Panel; id: string; key?: string }): View {
  const figures = useFigures(panel, id)
  const loaded = figures.now.value
  const people = loaded.state === 'ready' ? loaded.value.chatters : 0
  return h(
    Card,
    {
      id: 'chatters',
      title: t('Chatters'),
      class: 'chatters-card',
      aside: people > 0 && html`<span class="faint">${tn(people, '{n} person wrote', '{n} people wrote')}</span>`,
    },
    loaded.state === 'loading' && h(Skeleton, { rows: 3 }),
    loaded.state === 'failed' &&
      h(Failed, {
        what: t('The figures could not be loaded.'),
        error: loaded.error,
        again: () => void figures.load(),
      }),
    loaded.state === 'ready' && h(Top, { panel, figures: loaded.value }),
  )
}

function Top({ panel, figures }: { panel: Panel; figures: FiguresView }): View {
  const top = figures.top.slice(0, SHOWN)
  const most = top[0]?.messages ?? 1
  if (top.length === 0) return html`<p class="muted">${t('Nobody has written yet.')}</p>`
  return html`
    <ol class="talkers">
      ${top.map(
        ({ platform, id, name, messages }) => html`
          <li key=${`${platform} ${id}`} class="talker" style=${{ '--share': messages / most }}>
            ${h(Mark, { id: platform, about: panel.abouts.value.get(platform) })}
            <bdi>${name}</bdi>
            <span title=${tn(messages, '{n} message', '{n} messages')}>${number(messages)}</span>
          </li>
        `,
      )}
    </ol>
  `
}

function useFigures({ api }: Panel, id: string): Resource<FiguresView> {
  const figures = useMemo(() => new Resource<FiguresView>(() => api.figures(id)), [id])
  useEffect(() => {
    void figures.load()
    const timer = setInterval(() => {
      if (!document.hidden && figures.now.peek().state === 'ready') void figures.refresh()
    }, EVERY_MS)
    return () => clearInterval(timer)
  }, [figures])
  return figures
}
