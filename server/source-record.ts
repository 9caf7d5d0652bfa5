import type { About, SourceField, SourceForm } from '../workers/about.ts'
import type { SourceReport } from '../workers/followed.ts'
import type { SourceChange } from './api/sources.ts'
import type { Vault } from './auth/vault.ts'
import { CrossChatError } from './errors.ts'
import type { SourceView } from './protocol.ts'
import type { StoredSource } from './stores/sources.ts'

/** Letters at the end of a secret that are shown, so that a person knows which one it is. */
const SHOWN_END = 3
/** Shorter secrets show nothing of themselves. */
const SHORT_SECRET = 12

interface Change {
  channelId: string
  platform: string
  before: StoredSource | null
  form: SourceForm
  change: SourceChange
  vault: Vault
}

/** What is kept after a change; its name is still to be asked for. Throws bad_request for options that the platform does not have. */
export function changed({ channelId, platform, before, form, change, vault }: Change): StoredSource {
  const { channel: _, enabled, autoStream, ...given } = change
  const options = { ...before?.options }
  const secrets = { ...before?.secrets }
  for (const [name, value] of Object.entries(given)) {
    const field = form.fields.find((each) => each.name === name)
    if (field === undefined) throw new CrossChatError('bad_request', { fields: { [name]: 'is not known here' } })
    const text = textOf(field, value)
    const kept = field.kind === 'secret' ? secrets : options
    if (text === '') delete kept[name]
    else kept[name] = field.kind === 'secret' ? vault.lock(text) : text
  }
  return {
    channelId,
    platform,
    name: before?.name ?? '',
    enabled: enabled ?? before?.enabled ?? true,
    autoStream: autoStream ?? before?.autoStream ?? false,
    options,
    secrets,
    facts: before?.facts ?? {},
    broadcast: before?.broadcast ?? null,
    createdAt: before?.createdAt ?? Date.now(),
  }
}

/** True when whoever follows the one follows the other: nothing need be connected anew. */
export function sameOrder(one: StoredSource, other: StoredSource): boolean {
  return (
    one.name === other.name &&
    one.enabled === other.enabled &&
    sameTexts(one.options, other.options) &&
    sameTexts(one.secrets, other.secrets)
  )
}

export function sameTexts(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
}

function textOf({ name, kind, letters }: SourceField, value: unknown): string {
  if (kind === 'switch') {
    if (typeof value === 'boolean' || value === null) return value === true ? 'yes' : ''
    throw new CrossChatError('bad_request', { fields: { [name]: 'is true or false' } })
  }
  if (typeof value !== 'string' && value !== null) {
    throw new CrossChatError('bad_request', { fields: { [name]: 'is a text' } })
  }
  const text = value ?? ''
  if (letters !== undefined && text !== '' && (text.length < letters.least || text.length > letters.most)) {
    throw new CrossChatError('bad_request', { fields: { [name]: `has ${letters.least} to ${letters.most} letters` } })
  }
  return text
}

/** Secrets as the worker needs them; one that can no longer be opened counts as not set. */
export function secretsOf({ secrets }: StoredSource, vault: Vault): Record<string, string> {
  const opened = Object.entries(secrets).map(([name, sealed]) => [name, vault.open(sealed)] as const)
  return Object.fromEntries(opened.flatMap(([name, text]) => (text === null ? [] : [[name, text]])))
}

/** `hook`: the key of the address for signed deliveries, where the platform has one. */
export function viewOf(
  about: About,
  source: StoredSource | null,
  report: SourceReport | null,
  hook: string | null,
  vault: Vault,
): SourceView {
  const off = source === null || !source.enabled
  return {
    ...(report === null || off ? OFF : report),
    platform: about.id,
    channel: source?.name ?? null,
    enabled: source?.enabled ?? false,
    autoStream: source?.autoStream ?? false,
    title: source?.facts.title ?? null,
    avatar: source?.facts.avatar ?? null,
    options: source === null ? {} : { ...source.options, ...hints(source, vault) },
    hook: hook === null ? null : `/hooks/${about.id}/${hook}`,
  }
}

const OFF = {
  state: 'off' as const,
  since: null,
  error: null,
  retryAt: null,
  lastEventAt: null,
  events: 0,
  way: null,
  quota: null,
}

function hints(source: StoredSource, vault: Vault): Record<string, string> {
  const opened = Object.entries(secretsOf(source, vault))
  return Object.fromEntries(opened.map(([name, text]) => [name, hint(text)]))
}

function hint(secret: string): string {
  return secret.length < SHORT_SECRET ? 'saved' : `saved, ends in …${secret.slice(-SHOWN_END)}`
}
