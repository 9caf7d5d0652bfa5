import { useSignal } from '@preact/signals'
import { LockKeyhole, Table2, WifiOff } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { Card } from '../parts/card.ts'
import { EngineCounts, EngineFigures } from '../parts/engine-figures.ts'
import { EnginePicture } from '../parts/engine-picture.ts'
import { EngineStory } from '../parts/engine-story.ts'
import { EngineStress, STRESS } from '../parts/engine-stress.ts'
import { EngineTable } from '../parts/engine-table.ts'
import { Icon } from '../parts/icon.ts'
import { Empty, Failed, Skeleton } from '../parts/states.ts'
import type { EngineState } from '../state/engine.ts'
import { EngineWatch } from '../state/engine-watch.ts'
import type { Panel } from '../state/panel.ts'
import { useTitle } from './page.ts'

const TABLE = 'engine-table'
const NOT_THERE = 404

/** How the line runs, live, for the owner of the instance. */
export function Engine({ panel }: { panel: Panel }): View {
  useTitle(t('Engine room'))
  const owner = panel.me.value?.account.owner === true
  const watch = useMemo(() => new EngineWatch(panel.api.engine, document), [])
  useEffect(() => {
    if (!owner) return
    watch.start()
    return () => watch.stop()
  }, [owner])
  const state = watch.state.value
  const allowed = owner && state.error?.status !== NOT_THERE
  return html`
    <div class="engine">
      ${h(Head, { panel, allowed })}
      ${allowed ? h(Room, { panel, state, again: () => watch.lookNow() }) : h(NotAllowed, {})}
    </div>
  `
}

function Head({ panel, allowed }: { panel: Panel; allowed: boolean }): View {
  const stress = t(
    'Stress sends {n} simulated ones through it at {rate} a second, on your own channel and its overlays.',
    {
      n: STRESS.count,
      rate: STRESS.perSecond,
    },
  )
  const kept = t('A stream is running: its transcript will hold them, marked as simulated.')
  return html`
    <header class="engine-head">
      <div class="page-head">
        <h1 id="heading" tabindex="-1">${t('Engine room')}</h1>
        <p class="muted" id="stress-note">
          ${t('Two threads, one ring of shared memory, every message.')}
          ${allowed && ` ${stress}`}${allowed && panel.feed.value.stream.live && ` ${kept}`}
        </p>
      </div>
      ${allowed && h(EngineStress, { panel })}
    </header>
  `
}

function NotAllowed(_: object): View {
  const text = t('The engine room is for the owner of this instance. Ask them to show you around.')
  return h(Empty, { icon: LockKeyhole, text })
}

function Room({ panel, state, again }: { panel: Panel; state: EngineState; again: () => void }): View {
  const asTable = useSignal(false)
  const { samples, error } = state
  const view = samples.at(-1)
  if (view === undefined) {
    return error === null
      ? h(Skeleton, { rows: 8 })
      : h(Failed, { what: t('The engine could not be measured.'), error, again })
  }
  return html`
    ${error !== null && h(Stale, { again })}
    <div class="engine-room" data-stale=${error === null ? undefined : ''} data-table=${asTable.value ? '' : undefined}>
      ${h(
        Card,
        { id: 'engine-picture', title: t('The ring'), class: 'engine-picture' },
        h(EnginePicture, { panel, state, view, table: TABLE }),
        h(EngineStory, {}),
      )}
      <section class="engine-figures" aria-labelledby="engine-figures">
        <header class="engine-figures-head">
          <h2 id="engine-figures">${t('The last minute')}</h2>
          ${h(Button, {
            label: t('Show as table'),
            icon: Table2,
            tone: 'ghost',
            pressed: asTable.value,
            onPress: () => {
              asTable.value = !asTable.value
            },
          })}
        </header>
        ${!asTable.value && h(EngineFigures, { samples })}
        ${!asTable.value && h(EngineCounts, { samples })}
        ${h(EngineTable, { id: TABLE, samples, shown: asTable.value })}
      </section>
    </div>
  `
}

function Stale({ again }: { again: () => void }): View {
  return html`
    <div class="line-bar engine-stale">
      ${h(Icon, { icon: WifiOff, size: 16 })}
      <p role="status">${t('No new measurements. Trying again; what you see is the last one.')}</p>
      ${h(Button, { label: t('Retry now'), tone: 'ghost', onPress: again })}
    </div>
  `
}
