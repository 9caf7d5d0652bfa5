import { LOG_LEVELS, REGISTRATION } from './choices.ts'
import {
  database,
  hostName,
  imageHost,
  integer,
  list,
  oneOf,
  optional,
  origin,
  text,
  url,
  WEB,
} from './setting-values.ts'

/** One setting: its name in the environment, what it is when not given, how its text is read, and what it is for. */
export interface Setting<T> {
  env: string
  /** Text that stands for an absent value; may depend on the settings above it. */
  fallback: string | ((sofar: ReadonlyMap<string, string>) => string)
  /** Throws BadValue with what would be right. */
  read(text: string): T
  meaning: string
  /** Never printed. */
  secret?: true
  /** Handed to the worker, which alone goes outside. */
  outside?: true
  /** Heading under which `.env.example` puts it and what follows. */
  section?: string
}

/** Of each secret that signs. */
export const MIN_SECRET_BYTES = 32
const MAX_PROXIES = 10
/** Of a bearer that is looked at. */
export const MAX_BEARER = 500
const MAX_HASTE = 1_000
/** The rest of the drain needs its part of the 10 s. */
const MAX_DRAIN_MS = 5_000
const MIN_QUEUE_BYTES = 64 * 1024
const MAX_QUEUE_BYTES = 1024 * 1024 * 1024
/** All of 127.0.0.0/8 is this machine. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/i

/** Hosts of pictures that platforms and emote services send. */
const IMAGE_HOSTS = [
  'static-cdn.jtvnw.net',
  'd3aqoihi2n8ty8.cloudfront.net',
  'cdn.betterttv.net',
  'cdn.frankerfacez.com',
  'cdn.7tv.app',
  'yt3.ggpht.com',
  'yt4.ggpht.com',
  'files.kick.com',
  'ext.cdn.kick.com',
  '*.googleusercontent.com',
  'www.gstatic.com',
]

const YOUTUBE_API = 'https://www.googleapis.com/youtube/v3'
const YOUTUBE_STREAM = 'https://youtube.googleapis.com/youtube/v3/liveChat/messages/stream'
const SOCKET = ['ws:', 'wss:']

/**
 * Every setting there is. The order is that of `.env.example` and of `crosschat check-config`, and the order in which
 * fallbacks may look at each other.
 */
export const SETTINGS = {
  port: {
    section: 'Where it listens and what it keeps',
    env: 'PORT',
    fallback: '3000',
    read: integer(0, 65_535),
    meaning: 'Port to listen on; 0 picks a free one.',
  },
  host: {
    env: 'HOST',
    fallback: '127.0.0.1',
    read: hostName,
    meaning: 'Address to listen on; 0.0.0.0 lets other machines in.',
  },
  dataDir: {
    env: 'DATA_DIR',
    fallback: './data',
    read: text(1),
    meaning: 'Folder for all that CrossChat keeps.',
  },
  publicUrls: {
    section: 'Who may come in',
    env: 'CROSSCHAT_PUBLIC_URL',
    fallback: '',
    read: list(origin),
    meaning:
      'The address people use, as https://chat.example; a comma list is allowed, the first one is printed in links.',
  },
  secrets: {
    env: 'CROSSCHAT_SECRET',
    fallback: '',
    read: list(text(MIN_SECRET_BYTES)),
    meaning: `Signs cookies and overlay keys, at least ${MIN_SECRET_BYTES} bytes; made on first start when not given. To exchange it: new,old.`,
    secret: true,
  },
  registration: {
    env: 'CROSSCHAT_REGISTRATION',
    fallback: (sofar) => (LOOPBACK.test(sofar.get('HOST') ?? '') ? 'open' : 'invite'),
    read: oneOf(REGISTRATION),
    meaning: 'Who may register: open, invite or closed. Not given: open on a loopback HOST, else invite.',
  },
  trustedProxies: {
    env: 'CROSSCHAT_TRUST_PROXY',
    fallback: '0',
    read: integer(0, MAX_PROXIES),
    meaning: 'Number of trusted proxies in front, whose X-Forwarded-For is believed.',
  },
  metricsToken: {
    env: 'CROSSCHAT_METRICS_TOKEN',
    fallback: '',
    read: optional(text(1, MAX_BEARER)),
    meaning: `Bearer token that opens /metrics, a long one of at most ${MAX_BEARER} letters; without it only loopback may read them.`,
    secret: true,
  },
  logLevel: {
    section: 'How it runs',
    env: 'CROSSCHAT_LOG',
    fallback: 'info',
    read: oneOf(LOG_LEVELS),
    meaning: `Log level: ${LOG_LEVELS.join(', ')}.`,
  },
  drainMs: {
    env: 'CROSSCHAT_DRAIN_MS',
    fallback: '0',
    read: integer(0, MAX_DRAIN_MS),
    meaning:
      'For how long, after SIGTERM, /readyz says 503 while calls are still taken, ms; for a balancer in front of several machines.',
  },
  queueBytes: {
    env: 'CROSSCHAT_QUEUE_BYTES',
    fallback: String(8 * 1024 * 1024),
    read: integer(MIN_QUEUE_BYTES, MAX_QUEUE_BYTES),
    meaning: 'Bytes of the ring that the worker and the server share.',
  },
  redisUrl: {
    env: 'REDIS_URL',
    fallback: '',
    read: optional(url(['redis:', 'rediss:'])),
    meaning:
      'For several machines: a Redis (7 or newer, or Valkey) that all of them use, as redis://:password@host:6379 or rediss:// for TLS. It carries the chat from node to node and says which one runs a channel.',
    secret: true,
  },
  nodeUrl: {
    env: 'CROSSCHAT_NODE_URL',
    fallback: '',
    read: optional(url(WEB)),
    meaning:
      'With REDIS_URL: where the other machines reach this one, as http://10.0.0.5:3000. Not given: http://HOST:PORT.',
  },
  databaseUrl: {
    env: 'DATABASE_URL',
    fallback: '',
    read: optional(database),
    meaning:
      'Address of a PostgreSQL database, as postgres://user:password@host/name, that keeps accounts and transcripts instead of DATA_DIR; crosschat move brings what stands there over.',
    secret: true,
  },
  imageHosts: {
    section: 'Outside addresses; each can be replaced, so that a stand-in server can be used',
    env: 'CROSSCHAT_IMAGE_HOSTS',
    fallback: IMAGE_HOSTS.join(','),
    read: list(imageHost),
    meaning: 'Hosts that the overlay may load pictures from.',
  },
  twitchIrcUrl: address('CROSSCHAT_TWITCH_IRC_URL', 'wss://irc-ws.chat.twitch.tv:443', SOCKET, 'Twitch chat.'),
  twitchApiUrl: address('CROSSCHAT_TWITCH_API_URL', 'https://api.twitch.tv/helix', WEB, 'Twitch API.'),
  twitchAuthUrl: address(
    'CROSSCHAT_TWITCH_AUTH_URL',
    'https://id.twitch.tv/oauth2/token',
    WEB,
    'Where Twitch gives an application its token.',
  ),
  twitchClientId: {
    env: 'CROSSCHAT_TWITCH_CLIENT_ID',
    fallback: '',
    read: optional(text(1)),
    meaning:
      'Client id of an application registered with Twitch; with its secret, badges are shown with their pictures.',
    outside: true,
  },
  twitchClientSecret: {
    env: 'CROSSCHAT_TWITCH_CLIENT_SECRET',
    fallback: '',
    read: optional(text(1)),
    meaning: 'Client secret of that application.',
    secret: true,
    outside: true,
  },
  twitchEventSubUrl: address(
    'CROSSCHAT_TWITCH_EVENTSUB_URL',
    'wss://eventsub.wss.twitch.tv/ws',
    SOCKET,
    'Twitch events.',
  ),
  twitchEventSubSecret: {
    env: 'CROSSCHAT_TWITCH_EVENTSUB_SECRET',
    fallback: '',
    read: optional(text(10, 100)),
    meaning:
      'Secret that signs what Twitch sends to a source’s own address (/hooks/twitch/…, shown in Accounts), 10 to 100 letters.',
    secret: true,
    outside: true,
  },
  youtubeApiUrl: address('CROSSCHAT_YOUTUBE_API_URL', YOUTUBE_API, WEB, 'YouTube API.'),
  youtubeStreamUrl: {
    env: 'CROSSCHAT_YOUTUBE_STREAM_URL',
    // The real service has the stream on a host of its own; one that stands in has it where the rest is.
    fallback: (sofar) => {
      const api = sofar.get('CROSSCHAT_YOUTUBE_API_URL')
      return api === YOUTUBE_API ? YOUTUBE_STREAM : `${api?.replace(/\/+$/, '')}/liveChat/messages/stream`
    },
    read: url(WEB),
    meaning: `YouTube live chat as one long answer. Not given: below the API’s address, and for the real one ${YOUTUBE_STREAM}.`,
    outside: true,
  },
  youtubeWebUrl: address('CROSSCHAT_YOUTUBE_WEB_URL', 'https://www.youtube.com', WEB, 'YouTube without an API key.'),
  youtubeApiKey: {
    env: 'CROSSCHAT_YOUTUBE_API_KEY',
    fallback: '',
    read: optional(text(1)),
    meaning: 'API key for the YouTube API.',
    secret: true,
    outside: true,
  },
  youtubeListCost: {
    env: 'CROSSCHAT_YOUTUBE_LIST_COST',
    fallback: '5',
    read: integer(1, 1_000),
    meaning:
      'Units of the YouTube quota that reading the chat costs a call; told to the panel, and the pace follows it.',
    outside: true,
  },
  kickSocketUrl: address(
    'CROSSCHAT_KICK_SOCKET_URL',
    'wss://ws-us2.pusher.com/app/32cbd69e4b950bf97679',
    SOCKET,
    'Kick chat over Pusher.',
  ),
  kickRealtimeUrl: address(
    'CROSSCHAT_KICK_REALTIME_URL',
    'https://web.kick.com/api/v1/realtime',
    WEB,
    'Where Kick says which socket to use.',
  ),
  kickApiUrl: address('CROSSCHAT_KICK_API_URL', 'https://api.kick.com/public/v1', WEB, 'Kick API.'),
  kickPublicKeyUrl: address(
    'CROSSCHAT_KICK_PUBLIC_KEY_URL',
    'https://api.kick.com/public/v1/public-key',
    WEB,
    'Key that checks what Kick sends to a source’s own address (/hooks/kick/…, shown in Accounts).',
  ),
  kickChannelUrl: address(
    'CROSSCHAT_KICK_CHANNEL_URL',
    'https://kick.com/api/v2/channels',
    WEB,
    'Where a Kick name becomes a chatroom.',
  ),
  bttvUrl: address('CROSSCHAT_BTTV_URL', 'https://api.betterttv.net/3', WEB, 'BetterTTV emotes.'),
  ffzUrl: address('CROSSCHAT_FFZ_URL', 'https://api.frankerfacez.com/v1', WEB, 'FrankerFaceZ emotes.'),
  sevenTvUrl: address('CROSSCHAT_7TV_URL', 'https://7tv.io/v3', WEB, '7TV emotes.'),
  sevenTvEventsUrl: address('CROSSCHAT_7TV_EVENTS_URL', 'wss://events.7tv.io/v3', SOCKET, 'Changes of 7TV emotes.'),
  webhooksAnywhere: {
    section: 'Where webhooks may go',
    env: 'CROSSCHAT_WEBHOOKS_ANYWHERE',
    fallback: 'no',
    read: (value: string) => oneOf(['no', 'yes'])(value) === 'yes',
    meaning:
      'yes lets webhooks of all channels go over plain http and to addresses that are not public, such as this machine: only where everybody who has an account is trusted.',
  },
  fixtures: {
    section: 'For tests only',
    env: 'CROSSCHAT_FIXTURES',
    fallback: '',
    read: optional(text(1)),
    meaning: 'Folder of recorded payloads that the tests read; the server does not look at it.',
  },
  haste: {
    env: 'CROSSCHAT_HASTE',
    fallback: '1',
    read: integer(1, MAX_HASTE),
    meaning:
      'Divides every wait towards a platform, the grace after a broadcast, and the pauses between keeping what was shown, so that a test against a stand-in takes seconds. Leave it at 1.',
  },
} as const satisfies Record<string, Setting<unknown>>

function address(env: string, fallback: string, schemes: string[], meaning: string): Setting<string> {
  return { env, fallback, read: url(schemes), meaning, outside: true }
}
