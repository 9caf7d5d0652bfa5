import type { About, SourceView } from '../../server/protocol.ts'

/** Invented sources for the panel's tests. */

/** Nothing is followed, with what a test wants otherwise. */
export function source(platform: string, change: Partial<SourceView> = {}): SourceView {
  return {
    platform,
    channel: null,
    enabled: false,
    autoStream: false,
    state: 'off',
    since: null,
    error: null,
    retryAt: null,
    lastEventAt: null,
    events: 0,
    way: null,
    quota: null,
    title: null,
    avatar: null,
    options: {},
    hook: null,
    ...change,
  }
}

/** A channel that is followed. */
export function followed(platform: string, change: Partial<SourceView> = {}): SourceView {
  return source(platform, { channel: 'cool_channel', enabled: true, state: 'live', since: 0, ...change })
}

export function about(id: string, label: string, form: Partial<About['source']> = {}): About {
  return {
    id,
    label,
    color: '#9146ff',
    glyph: '#ffffff',
    ink: { dark: '#b794ff', light: '#6a2bd9' },
    mark: 'M0 0h24v24H0z',
    profile: `https://${id}.example/{login}`,
    source: { label: 'Channel name', placeholder: 'your_channel', fields: [], broadcasts: false, ...form },
    samples: ['message'],
  }
}
