import { h } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { headingOf } from '../parts/account.ts'
import { ExpiredDialog } from '../parts/expired-dialog.ts'
import { Outside } from '../parts/outside.ts'
import { Shell } from '../parts/shell.ts'
import { Failed } from '../parts/states.ts'
import { ToastList } from '../parts/toasts.ts'
import { hrefOf, isOutside, type Route } from '../router.ts'
import type { Panel } from '../state/panel.ts'
import { neededFor } from '../state/roles.ts'
import { Accounts } from './accounts.ts'
import { Docks } from './docks.ts'
import { EngineRoom } from './engine-room.ts'
import { HistoryPage, OneStream } from './history.ts'
import { Instance, Reset } from './instance.ts'
import { Keys } from './keys.ts'
import { Live } from './live.ts'
import { Login } from './login.ts'
import { Missing } from './missing.ts'
import { Moderation } from './moderation.ts'
import { NotAllowed } from './not-allowed.ts'
import { Overlays } from './overlays.ts'
import { Invited, People, Settings } from './people.ts'
import { Register } from './register.ts'
import { Webhooks } from './webhooks.ts'

export function Root({ panel }: { panel: Panel }): View | null {
  useFocusOnHeading(panel)
  const me = panel.me.value
  const route = panel.route.value
  if (panel.unknown.value) return h(Unreachable, { panel })
  if (me === undefined) return null
  return html`
    ${alone(panel, route) ?? (me === null ? outside(panel, route) : h(Shell, { panel }, inside(panel, route)))}
    ${h(ToastList, { toasts: panel.toasts })}
    ${panel.expired.value && h(ExpiredDialog, { panel })}
  `
}

/** Pages behind a link that somebody was given, who may be signed in, as somebody else too, or not. */
function alone(panel: Panel, route: Route): View | null {
  if (route.page === 'invite') return h(Invited, { panel, token: route.token })
  return route.page === 'reset' ? h(Reset, { panel, token: route.token }) : null
}

/**
 * Whoever is signed out and asked for a page of the inside signs in first and then is there. Where no account exists
 * yet, there is nothing to sign in to.
 */
function outside(panel: Panel, route: Route): View | null {
  const door = panel.door.now.value
  if (door.state === 'loading') return null
  const first = door.state === 'ready' && door.value.first
  if (route.page === 'setup') return h(Register, { panel, first, token: route.token })
  if (route.page === 'register' || first) return h(Register, { panel, first, token: null })
  return h(Login, { panel })
}

function inside(panel: Panel, route: Route): View | null {
  if (!panel.works.may(neededFor(route.page))) return h(NotAllowed, { panel })
  if (route.page === 'live') return h(Live, { panel })
  if (route.page === 'history') return h(HistoryPage, { panel })
  if (route.page === 'stream') return h(OneStream, { key: hrefOf(route), panel, id: route.id, at: route.at })
  if (route.page === 'overlays' || route.page === 'overlay') {
    return h(Overlays, { panel, id: route.page === 'overlay' ? route.id : null })
  }
  if (route.page === 'moderation') return h(Moderation, { panel, part: route.part })
  if (route.page === 'accounts') return h(Accounts, { panel })
  if (route.page === 'docks') return h(Docks, { panel })
  if (route.page === 'keys') return h(Keys, { panel })
  if (route.page === 'webhooks') return h(Webhooks, { panel })
  if (route.page === 'people') return h(People, { panel })
  if (route.page === 'settings') return h(Settings, { panel })
  if (route.page === 'engine') return h(EngineRoom, { panel })
  if (route.page === 'instance') return h(Instance, { panel })
  if (isOutside(route)) return h(Onward, {})
  return h(Missing, {})
}

/** The doors of the outside lead somebody who is signed in to Live. */
function Onward(_: object): null {
  useEffect(() => location.replace(hrefOf({ page: 'live' })), [])
  return null
}

function Unreachable({ panel }: { panel: Panel }): View {
  const error = panel.unknown.value
  return h(
    Outside,
    { panel, title: 'CrossChat', lead: t('The panel could not be opened.') },
    error && h(Failed, { what: t('No answer.'), error, again: () => void panel.enter() }),
  )
}

/** After going somewhere the focus stands on the new page's heading; not when the panel is first opened. */
function useFocusOnHeading(panel: Panel): void {
  const opened = useRef(false)
  const where = hrefOf(panel.route.value)
  const known = panel.me.value !== undefined
  const who = panel.me.value?.account.id
  useEffect(() => {
    if (!known) return
    const route = panel.route.peek()
    if (opened.current) (document.getElementById(ownHeading(route)) ?? document.getElementById('heading'))?.focus()
    opened.current = true
  }, [where, known, who])
}

/** Where a part of a page is meant, that part's. */
function ownHeading(route: Route): string {
  if (route.page === 'accounts' && route.platform !== null) return headingOf(route.platform)
  return route.page === 'moderation' && route.part !== null ? `part-${route.part}` : 'heading'
}
