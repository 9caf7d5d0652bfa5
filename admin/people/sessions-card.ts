import { LogOut } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { SessionView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, told, tx } from '../language/words.ts'
import { useAction } from '../parts/action.ts'
import { Ago } from '../parts/ago.ts'
import { Button } from '../parts/button.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { dayAndTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'

/** Where the person is signed in, and how to end that. */
export function SessionsCard({ panel }: { panel: Panel }): View {
  const sessions = useMemo(() => new Resource<SessionView[]>(async () => (await panel.api.sessions()).items), [])
  useEffect(() => void sessions.load(), [])
  const loaded = sessions.now.value
  const again = () => sessions.load()
  return html`
    <section class="card card-form form" aria-labelledby="sessions-title">
      <h2 id="sessions-title">${t('Where you are signed in')}</h2>
      ${loaded.state === 'loading' && h(Skeleton, { rows: 2 })}
      ${loaded.state === 'failed' && h(Failed, { what: t('The sessions could not be loaded.'), error: loaded.error, again: () => void again() })}
      ${loaded.state === 'ready' && h(List, { panel, list: loaded.value, again })}
    </section>
  `
}

interface ListProps {
  panel: Panel
  list: SessionView[]
  again: () => Promise<void>
}

function List({ panel, list, again }: ListProps): View {
  const others = list.filter(({ current }) => !current).length
  const action = useAction(panel, async () => {
    await panel.api.endOtherSessions()
    await again()
    panel.toasts.ok(t('You are signed out everywhere else.'))
  })
  return html`
    <ul class="sessions">${list.map((session) => h(Line, { key: session.id, panel, session, again }))}</ul>
    ${
      others > 0 &&
      html`<div class="form-foot">${h(Button, { label: t('Sign out everywhere else'), icon: LogOut, tone: 'danger', off: action.busy, onPress: action.run })}</div>`
    }
  `
}

interface LineProps extends Omit<ListProps, 'list'> {
  session: SessionView
  key?: string
}

function Line({ panel, session, again }: LineProps): View {
  const { id, browser, current, since, seenAt } = session
  const action = useAction(panel, async () => {
    await panel.api.endSession(id)
    await again()
  })
  const name = nameOf(browser)
  return html`
    <li>
      <div>
        <p><strong>${name}</strong>${current && html` <span class="scope">${t('this one')}</span>`}</p>
        <p class="faint">${current ? t('Since {time}, in use', { time: dayAndTime(since) }) : tx('Since {time}, used {ago}', { time: dayAndTime(since), ago: h(Ago, { at: seenAt, now: panel.now.value }) })}</p>
      </div>
      ${!current && h(Button, { label: t('Sign out'), icon: LogOut, off: action.busy, onPress: action.run })}
    </li>
  `
}

/** The server says `Firefox on Linux`, or `A program`. */
function nameOf(words: string): string {
  const [browser, system] = words.split(' on ')
  if (!browser) return t('A browser')
  return system === undefined ? told(browser) : t('{browser} on {system}', { browser: told(browser), system })
}
