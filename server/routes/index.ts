import Koa from 'koa'
import { isSecure } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { Lanes } from '../lanes.ts'
import type { Log } from '../log.ts'
import { Arriving } from '../middleware/arriving.ts'
import { errors } from '../middleware/errors.ts'
import { files } from '../middleware/files.ts'
import { headers } from '../middleware/headers.ts'
import { host } from '../middleware/host.ts'
import { Rates } from '../middleware/rate.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { stalled } from '../middleware/stalled.ts'
import { Rush } from '../rush.ts'
import { addressCheck } from './address-check.ts'
import { apiDocs } from './api-docs.ts'
import { auth } from './auth.ts'
import { docks } from './docks.ts'
import { engine } from './engine.ts'
import { health } from './health.ts'
import { held } from './held.ts'
import { hooks } from './hooks.ts'
import { instance } from './instance.ts'
import { invites } from './invites.ts'
import { keys } from './keys.ts'
import { logTail } from './log-tail.ts'
import { members } from './members.ts'
import { moderation } from './moderation.ts'
import { moderationLog } from './moderation-log.ts'
import { moments } from './moments.ts'
import { mount } from './mount.ts'
import { nodes } from './nodes.ts'
import { describe } from './openapi.ts'
import { overlays } from './overlays.ts'
import { passwordReset } from './password-reset.ts'
import { people } from './people.ts'
import { platforms } from './platforms.ts'
import { producers } from './producers.ts'
import { retention } from './retention.ts'
import type { Route } from './route.ts'
import { rules } from './rules.ts'
import { search } from './search.ts'
import { simulator } from './simulator.ts'
import { sources } from './sources.ts'
import { stage } from './stage.ts'
import { streams } from './streams.ts'
import { tenants } from './tenants.ts'
import { viewers } from './viewers.ts'
import { webhooks } from './webhooks.ts'

const HUNG_UP = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ECANCELED', 'ERR_HTTP_REQUEST_TIMEOUT'])
/** Heavy calls of one channel that are answered side by side. */
const HEAVY_AT_ONCE = 2
/** Errors of Node's parser: what came was no HTTP. */
const BAD_HTTP = 'HPE_'

/**
 * Everything that answers over HTTP. `extra` comes after the check of the host and before sessions and origins: for
 * calls that know their caller by an overlay key alone.
 */
export function createHandler(house: House, pagesDir: string, extra: readonly Koa.Middleware[] = []): Koa {
  const { config, log, sessions } = house
  const app = new Koa()
  app.on('error', (error: unknown) => note(log, error))
  app.use(stalled())
  app.use(headers(isSecure(config)))
  app.use(errors(log))
  app.use(host(config))
  app.use(files(pagesDir, config.imageHosts, config.publicUrls))
  for (const each of extra) app.use(each)
  app.use(sessions.middleware(app))
  app.use(sameOrigin(config, sessions.cookieName))
  const rates = new Rates(house.metrics, house.tally)
  app.use(
    mount(described(allRoutes(house, rates)), {
      house,
      rates,
      lanes: new Lanes(HEAVY_AT_ONCE),
      rush: new Rush(house.pace),
      arriving: new Arriving(),
    }),
  )
  return app
}

export function allRoutes(house: House, rates: Rates): Route[] {
  return [
    ...health(house),
    ...auth(house, rates),
    ...streams(house),
    ...search(house),
    ...retention(house),
    ...viewers(house),
    ...producers(house),
    ...hooks(house),
    ...sources(house),
    ...simulator(house),
    ...overlays(house),
    ...docks(house),
    ...rules(house),
    ...moderation(house),
    ...held(house),
    ...people(house),
    ...stage(house),
    ...moderationLog(house),
    ...moments(house),
    ...keys(house),
    ...webhooks(house),
    ...members(house),
    ...invites(house),
    ...platforms(house),
    ...instance(house),
    ...tenants(house, rates),
    ...logTail(house),
    ...addressCheck(house),
    ...passwordReset(house),
    ...engine(house),
    ...nodes(house),
  ]
}

/** The routes and those that describe them all, themselves included. */
function described(routes: Route[]): Route[] {
  const all: Route[] = [...routes]
  all.push(describe(all), apiDocs(all))
  return all
}

/** What goes wrong after the answer has begun: callers that hang up, files that break off. */
function note(log: Log, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const hungUp = HUNG_UP.has(code) || code.startsWith(BAD_HTTP)
  const cut = error instanceof CrossChatError && error.status < 500
  if (hungUp) log.debug({ err: error }, 'caller hung up')
  else if (cut) log.info({ code }, 'an answer was cut: what it gives is gone, or its caller may not have it any more')
  else log.error({ err: error }, 'answer broke off')
}
