import type {
  AddressCheckView,
  DeedView,
  DeliveryView,
  DockView,
  DoorView,
  EngineView,
  ErasureView,
  ErrorView,
  EventsView,
  FiguresView,
  HeldView,
  InstanceSettingsView,
  InstanceView,
  InvitedView,
  InviteView,
  KeyView,
  LogView,
  LookView,
  MemberView,
  MeView,
  MomentView,
  OverlayView,
  PageView,
  PeopleView,
  PersonView,
  PlatformsView,
  ProducedView,
  ReloadView,
  ResetLinkView,
  RetentionView,
  RulesView,
  RunView,
  SearchHit,
  SessionView,
  SourceChange,
  StageView,
  StreamView,
  TenantView,
  TrialVerdict,
  VersionView,
  WebhookView,
} from '../server/api.ts'
import type { SettingsChange } from '../server/look.ts'
import type { About, ChannelRole, DemoAct, DockScope, SourceView } from '../server/protocol.ts'
import { told } from './language/words.ts'

export type PreviewAct = DemoAct | 'disconnect'
export const REPLAY_SPEEDS = [1, 2, 8] as const
export type ReplaySpeed = (typeof REPLAY_SPEEDS)[number]
export type Kind = About['samples'][number]
export interface Sample {
  platform: string
  kind: Kind
  name: string
  text: string
  color?: string
  roles?: string[]
  amount?: number
}
export interface RunAsk {
  scenario?: string
  count: number
  perSecond: number
  seed?: number
}
/** Somebody of a platform, by the platform's own id. */
export interface Person {
  platform: string
  authorId: string
}
/** One message, or all of one person. */
export type Target = { id: string } | Person
/** A message that nobody wrote, and rules to try on it. */
export interface Trial {
  text: string
  name?: string
  first: boolean
  rules: RulesView
}
export interface TranscriptAsk {
  cursor: string | null
  q: string
  platform: string
  withoutSimulated: boolean
}
export interface Credentials {
  username: string
  password: string
}

/** A call that was refused or did not arrive. The message is a sentence for the person. */
export class ApiError extends Error {
  /** 0 when no answer came. */
  readonly status: number
  readonly code: string
  /** Field → what is wrong with it. */
  readonly fields: Record<string, string>
  /** Seconds. */
  readonly retryAfter: number | null
  readonly requestId: string | null

  constructor(status: number, view: Partial<ErrorView['error']>, retryAfter: number | null = null) {
    super(told(view.message ?? `The server answered with ${status}.`))
    this.name = 'ApiError'
    this.status = status
    this.code = view.code ?? 'unknown'
    this.fields = view.fields ?? {}
    this.retryAfter = retryAfter
    this.requestId = view.requestId ?? null
  }
}

const UNREACHABLE = {
  code: 'unreachable',
  message: 'The server cannot be reached. Check that CrossChat is running, then try again.',
}
/** What 429 means when it does not say how long. */
const DEFAULT_WAIT_S = 30
const PAGE = 100
const STREAMS_PAGE = 30
const SEARCH_PAGE = 30
const TENANTS_PAGE = 25
const LOG_PAGE = 500
const DEEDS_PAGE = 50

type Fetch = (path: string, init: RequestInit) => Promise<Response>

/** Names the channel that a call speaks of. */
const CHANNEL_HEADER = 'x-crosschat-channel'

/** The panel's calls. `signedOut` hears of every 401 on a call that needs an account; `channel` = the one to name, null = the own. */
export class Api {
  readonly #fetch: Fetch
  readonly #signedOut: () => void
  readonly #channel: () => string | null

  constructor(fetch: Fetch, signedOut: () => void, channel: () => string | null = () => null) {
    this.#fetch = fetch
    this.#signedOut = signedOut
    this.#channel = channel
  }

  /** How one may come in. */
  readonly door = () => this.#call<DoorView>('GET', '/api/auth')
  readonly me = () => this.#call<MeView>('GET', '/api/auth/me')
  readonly login = (body: Credentials) => this.#call<MeView>('POST', '/api/auth/login', body)
  readonly register = (body: Credentials & { channel?: string; setupToken?: string; invite?: string }) =>
    this.#call<MeView>('POST', '/api/auth/register', body)
  readonly logout = () => this.#call<void>('POST', '/api/auth/logout')
  readonly changePassword = (body: { current: string; next: string }) =>
    this.#call<void>('POST', '/api/auth/password', body)
  readonly sessions = () => this.#call<{ items: SessionView[] }>('GET', '/api/auth/sessions')
  readonly endSession = (id: string) => this.#call<void>('DELETE', `/api/auth/sessions/${id}`)
  readonly endOtherSessions = () => this.#call<void>('DELETE', '/api/auth/sessions')

  readonly members = () => this.#call<{ items: MemberView[] }>('GET', '/api/members')
  readonly setRole = (id: string, role: ChannelRole) => this.#call<MemberView>('PATCH', `/api/members/${id}`, { role })
  readonly removeMember = (id: string) => this.#call<void>('DELETE', `/api/members/${id}`)
  readonly leaveChannel = () => this.#call<void>('DELETE', '/api/members/me')
  readonly invites = () => this.#call<{ items: InviteView[] }>('GET', '/api/invites')
  readonly invite = (body: { role: ChannelRole; name: string }) => this.#call<InviteView>('POST', '/api/invites', body)
  readonly revokeInvite = (id: string) => this.#call<void>('DELETE', `/api/invites/${id}`)
  readonly lookAtInvite = (token: string) => this.#call<InvitedView>('POST', '/api/invites/look', { token })
  readonly acceptInvite = (token: string) => this.#call<MeView>('POST', '/api/invites/accept', { token })

  readonly engine = () => this.#call<EngineView>('GET', '/api/instance/engine')
  readonly instance = () => this.#call<InstanceView>('GET', '/api/instance')
  readonly setInstance = (change: { registration?: DoorView['registration']; channelBytes?: number }) =>
    this.#call<InstanceSettingsView>('PATCH', '/api/instance/settings', change)
  readonly inviteToInstance = () => this.#call<InviteView>('POST', '/api/instance/invites', {})
  readonly tenants = (cursor: string | null) =>
    this.#call<PageView<TenantView>>('GET', `/api/instance/accounts?${query({ limit: TENANTS_PAGE, cursor })}`)
  readonly suspend = (id: string, suspended: boolean) =>
    this.#call<TenantView>('PATCH', `/api/instance/accounts/${id}`, { suspended })
  readonly removeTenant = (id: string, username: string) =>
    this.#call<void>('DELETE', `/api/instance/accounts/${id}`, { username })
  readonly resetLink = (id: string) => this.#call<ResetLinkView>('POST', `/api/instance/accounts/${id}/reset`)
  readonly resetPassword = (token: string, password: string) =>
    this.#call<void>('POST', '/api/auth/reset', { token, password })
  readonly log = (after: number, level: LogView['items'][number]['level']) =>
    this.#call<LogView>('GET', `/api/instance/log?${query({ after, level, limit: LOG_PAGE })}`)
  readonly addressCheck = () => this.#call<AddressCheckView>('POST', '/api/instance/address-checks')

  readonly platforms = () => this.#call<PlatformsView>('GET', '/api/platforms')

  readonly sources = () => this.#call<{ items: SourceView[] }>('GET', '/api/sources')
  /** What the change does not name stays. */
  readonly setSource = (platform: string, change: SourceChange) =>
    this.#call<SourceView>('PUT', `/api/sources/${platform}`, change)
  readonly retrySource = (platform: string) =>
    this.#call<{ items: SourceView[] }>('POST', `/api/sources/${platform}/retry`)
  readonly removeSource = (platform: string) => this.#call<void>('DELETE', `/api/sources/${platform}`)

  readonly startStream = (title: string) =>
    this.#call<StreamView>('POST', '/api/streams', title === '' ? {} : { title })
  readonly endStream = (discard: boolean) => this.#call<StreamView>('POST', '/api/streams/live/end', { discard })
  readonly streams = (cursor: string | null) =>
    this.#call<PageView<StreamView>>('GET', `/api/streams?${query({ limit: STREAMS_PAGE, cursor })}`)
  readonly stream = (id: string) => this.#call<StreamView>('GET', `/api/streams/${id}`)
  readonly renameStream = (id: string, title: string) =>
    this.#call<StreamView>('PATCH', `/api/streams/${id}`, { title })
  readonly deleteStream = (id: string) => this.#call<void>('DELETE', `/api/streams/${id}`)
  readonly figures = (id: string) => this.#call<FiguresView>('GET', `/api/streams/${id}/figures`)
  readonly deletedStreams = () => this.#call<PageView<StreamView>>('GET', `/api/streams?${query({ deleted: 'yes' })}`)
  readonly restoreStream = (id: string) => this.#call<StreamView>('POST', `/api/streams/${id}/restore`)
  readonly search = (q: string, cursor: string | null) =>
    this.#call<PageView<SearchHit>>('GET', `/api/search?${query({ q, cursor, limit: SEARCH_PAGE })}`)
  readonly retention = () => this.#call<RetentionView>('GET', '/api/retention')
  /** `preview`: only says how many streams would go. */
  readonly setRetention = (days: number | null, preview = false) =>
    this.#call<RetentionView>('PUT', '/api/retention', { days, preview })
  readonly eraseViewer = (platform: string, authorId: string) =>
    this.#call<ErasureView>('POST', '/api/viewers/erase', { platform, authorId })
  readonly erasures = () => this.#call<{ items: ErasureView[] }>('GET', '/api/viewers/erasures')
  readonly transcript = (id: string, ask: TranscriptAsk) =>
    this.#call<EventsView>('GET', `/api/streams/${id}/events?${transcriptQuery(ask)}`)

  readonly overlays = () => this.#call<{ items: OverlayView[] }>('GET', '/api/overlays')
  readonly reloadOverlay = (id: string) => this.#call<ReloadView>('POST', `/api/overlays/${id}/reload`)
  readonly overlay = (id: string) => this.#call<OverlayView>('GET', `/api/overlays/${id}`)
  readonly createOverlay = (name?: string, settings?: SettingsChange) =>
    this.#call<OverlayView>('POST', '/api/overlays', { name, settings })
  readonly renameOverlay = (id: string, name: string) =>
    this.#call<OverlayView>('PATCH', `/api/overlays/${id}`, { name })
  readonly deleteOverlay = (id: string) => this.#call<void>('DELETE', `/api/overlays/${id}`)
  readonly draft = (id: string) => this.#call<LookView>('GET', `/api/overlays/${id}/draft`)
  /** The settings may come from a file: the server checks them. */
  readonly putDraft = (id: string, revision: number, settings: unknown) =>
    this.#call<LookView>('PUT', `/api/overlays/${id}/draft`, { revision, settings })
  /** Looks of one sitting are kept as one version. */
  readonly publish = (id: string, revision: number, sitting?: string) =>
    this.#call<{ overlay: OverlayView; look: LookView }>('POST', `/api/overlays/${id}/publish`, { revision, sitting })
  readonly versions = (id: string) => this.#call<{ items: VersionView[] }>('GET', `/api/overlays/${id}/versions`)
  readonly previewAct = (id: string, act: PreviewAct) =>
    this.#call<void>('POST', `/api/overlays/${id}/preview`, { act })
  readonly replay = (id: string, replay: { stream: string; speed: ReplaySpeed } | null) =>
    this.#call<void>('POST', `/api/overlays/${id}/preview`, { replay })
  readonly rotateOverlay = (id: string) => this.#call<OverlayView>('POST', `/api/overlays/${id}/rotate`)

  readonly sendSample = (body: Sample) => this.#call<Partial<ProducedView>>('POST', '/api/simulator/messages', body)
  readonly startRun = (body: RunAsk) => this.#call<RunView>('POST', '/api/simulator/runs', body)
  readonly run = (id: string) => this.#call<RunView>('GET', `/api/simulator/runs/${id}`)
  readonly stopRun = (id: string) => this.#call<void>('DELETE', `/api/simulator/runs/${id}`)

  readonly hide = (target: Target) => this.#call<unknown>('POST', '/api/moderation/hide', target)
  readonly unhide = (target: Target) => this.#call<unknown>('POST', '/api/moderation/unhide', target)
  /** From now on, and with all that they have written. */
  readonly hidePerson = (person: Person & { name: string; note?: string }) =>
    this.#call<PersonView>('POST', '/api/moderation/people', person)
  readonly notePerson = ({ platform, authorId }: Person, note: string) =>
    this.#call<PersonView>('POST', '/api/moderation/people/note', { platform, authorId, note })
  readonly showPerson = ({ platform, authorId }: Person) =>
    this.#call<void>('POST', '/api/moderation/people/show', { platform, authorId })
  readonly people = () => this.#call<PeopleView>('GET', '/api/moderation/people')
  readonly held = () => this.#call<HeldView>('GET', '/api/moderation/held')
  readonly release = (id: string) =>
    this.#call<ProducedView>('POST', `/api/moderation/held/${encodeURIComponent(id)}/release`)
  readonly refuse = (id: string) =>
    this.#call<ProducedView>('POST', `/api/moderation/held/${encodeURIComponent(id)}/refuse`)
  readonly deeds = (cursor: string | null) =>
    this.#call<PageView<DeedView>>('GET', `/api/moderation/log?${query({ limit: DEEDS_PAGE, cursor })}`)
  readonly moments = (streamId: string) =>
    this.#call<{ items: MomentView[] }>('GET', `/api/streams/${streamId}/moments`)
  readonly mark = (id: string) => this.#call<MomentView>('POST', '/api/moments', { id })
  readonly unmark = (id: string) => this.#call<void>('DELETE', `/api/moments/${id}`)
  /** What one person wrote in a stream. */
  readonly saidBy = (streamId: string, platform: string, author: string, cursor: string | null) =>
    this.#call<EventsView>('GET', `/api/streams/${streamId}/events?${query({ limit: PAGE, platform, author, cursor })}`)
  readonly feature = (id: string | null) => this.#call<StageView>('POST', '/api/moderation/feature', { id })
  readonly panic = (on: boolean) => this.#call<StageView>('POST', '/api/moderation/panic', { on })
  readonly slow = (on: boolean) => this.#call<StageView>('POST', '/api/moderation/slow', { on })

  readonly docks = () => this.#call<{ items: DockView[] }>('GET', '/api/docks')
  readonly createDock = (body: { name: string; scope: DockScope }) => this.#call<DockView>('POST', '/api/docks', body)
  readonly rotateDock = (id: string) => this.#call<DockView>('POST', `/api/docks/${id}/rotate`)
  readonly deleteDock = (id: string) => this.#call<void>('DELETE', `/api/docks/${id}`)

  readonly rules = () => this.#call<RulesView>('GET', '/api/moderation/rules')
  readonly saveRules = (rules: RulesView) => this.#call<RulesView>('PUT', '/api/moderation/rules', rules)
  readonly tryRules = (trial: Trial) => this.#call<TrialVerdict>('POST', '/api/moderation/rules/test', trial)

  readonly keys = () => this.#call<{ items: KeyView[] }>('GET', '/api/keys')
  readonly createKey = (body: { name: string; scopes: string[] }) => this.#call<KeyView>('POST', '/api/keys', body)
  readonly deleteKey = (id: string) => this.#call<void>('DELETE', `/api/keys/${id}`)

  readonly webhooks = () => this.#call<{ items: WebhookView[] }>('GET', '/api/webhooks')
  readonly createWebhook = (body: { name: string; url: string; events: string[] }) =>
    this.#call<WebhookView>('POST', '/api/webhooks', body)
  readonly pauseWebhook = (id: string, paused: boolean) =>
    this.#call<WebhookView>('PATCH', `/api/webhooks/${id}`, { paused })
  readonly rotateWebhook = (id: string) => this.#call<WebhookView>('POST', `/api/webhooks/${id}/rotate`)
  readonly testWebhook = (id: string) => this.#call<DeliveryView>('POST', `/api/webhooks/${id}/test`)
  readonly deliveries = (id: string) => this.#call<{ items: DeliveryView[] }>('GET', `/api/webhooks/${id}/deliveries`)
  readonly deleteWebhook = (id: string) => this.#call<void>('DELETE', `/api/webhooks/${id}`)

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.#send(method, path, body)
    if (answer.ok) return (answer.status === 204 ? undefined : await readJson(answer)) as T
    const error = await errorOf(answer)
    if (error.code === 'signed_out') this.#signedOut()
    throw error
  }

  async #send(method: string, path: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' }
    const channel = this.#channel()
    if (channel !== null) headers[CHANNEL_HEADER] = channel
    const init: RequestInit = { method, credentials: 'same-origin', headers }
    if (body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(body)
    }
    try {
      return await this.#fetch(path, init)
    } catch {
      throw new ApiError(0, UNREACHABLE)
    }
  }
}

async function readJson(answer: Response): Promise<unknown> {
  try {
    return await answer.json()
  } catch {
    throw new ApiError(answer.status, {
      code: 'broken_answer',
      message: 'The answer of the server broke off. Try again.',
    })
  }
}

/** A proxy in front may answer with something that is no ErrorView. */
async function errorOf(answer: Response): Promise<ApiError> {
  const view: unknown = await answer.json().catch(() => null)
  const error = isErrorView(view) ? view.error : {}
  return new ApiError(answer.status, error, answer.status === 429 ? waitOf(answer) : null)
}

function isErrorView(view: unknown): view is ErrorView {
  return typeof view === 'object' && view !== null && 'error' in view && typeof view.error === 'object'
}

function waitOf(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : DEFAULT_WAIT_S
}

function transcriptQuery(ask: TranscriptAsk): string {
  const simulated = ask.withoutSimulated ? 'no' : null
  return query({ limit: PAGE, cursor: ask.cursor, q: ask.q, platform: ask.platform, simulated })
}

/** Leaves out what is null or empty. */
function query(values: Record<string, string | number | null>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) {
    if (value !== null && value !== '') search.set(name, String(value))
  }
  return search.toString()
}

/** `recording`: tells when something was said within one stream. */
export const EXPORTS = [
  { format: 'txt', label: 'Text', hint: 'One line a message, to read.' },
  { format: 'csv', label: 'Table (CSV)', hint: 'For a spreadsheet; nothing in it is taken for a formula.' },
  { format: 'json', label: 'JSON', hint: 'Everything that is kept, as one list.' },
  { format: 'jsonl', label: 'JSON lines', hint: 'Everything that is kept, one event a line.' },
  { format: 'html', label: 'Web page', hint: 'A page without script, to read in a browser.' },
  { format: 'srt', label: 'Subtitles (SRT)', hint: 'For the recording: each message at its time.', recording: true },
  {
    format: 'vtt',
    label: 'Subtitles (WebVTT)',
    hint: 'For the recording, in a browser: each message at its time.',
    recording: true,
  },
] as const satisfies { format: string; label: string; hint: string; recording?: boolean }[]
export type ExportFormat = (typeof EXPORTS)[number]['format']

/** What becomes a file: a stream, or what of it fits; with null for a stream, all that a search finds. */
export interface ExportScope {
  stream: string | null
  q: string
  platform: string
}
export interface ExportOptions {
  format: ExportFormat
  /** Seconds. */
  offset: number
  withoutRemoved: boolean
  withoutSimulated: boolean
  pseudonyms: boolean
}

/** A link carries no header: it names the channel in its query, null = the own one. */
export function exportAddress(
  { stream, q, platform }: ExportScope,
  options: ExportOptions,
  channel: string | null,
): string {
  const { format, offset, withoutRemoved, withoutSimulated, pseudonyms } = options
  const path = stream === null ? '/api/search/export' : `/api/streams/${stream}/export`
  const values = {
    ...{ format, q, platform, channel },
    offset: offset === 0 ? null : offset,
    removed: withoutRemoved ? 'no' : null,
    simulated: withoutSimulated ? 'no' : null,
    names: pseudonyms ? 'pseudonyms' : null,
  }
  return `${path}?${query(values)}`
}

/** Whatever was thrown, as something with a sentence. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError(0, { code: 'page', message: 'Something failed in this page. Reload it and try again.' })
}
