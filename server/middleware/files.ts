import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import type Koa from 'koa'
import { hostOf } from '../auth/addresses.ts'
import { CrossChatError } from '../errors.ts'

/** Every file that may be asked for, by its address. What is not on this map does not exist. */
type FileMap = ReadonlyMap<string, PageFile>
interface PageFile {
  bytes: Buffer
  type: string
  kind: 'panel' | 'landing' | 'overlay' | 'dock' | 'asset' | 'lasting'
  etag: string
}

/** Page → the addresses it answers under. */
const PAGES = [
  { file: 'index.html', addresses: ['/'], kind: 'landing' },
  { file: 'admin/index.html', addresses: ['/admin/'], kind: 'panel' },
  { file: 'overlay/index.html', addresses: ['/overlay', '/overlay/'], kind: 'overlay' },
  { file: 'dock/index.html', addresses: ['/dock', '/dock/'], kind: 'dock' },
] as const
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
}
const ASSETS = 'assets'
const BUILD_FILE = 'build.json'
const READING = 'GET, HEAD'

/** OBS on the same computer as the browser, at whatever port: its WebSocket server, for who lets it make the source. */
const OBS = 'ws://127.0.0.1:* ws://localhost:*'

/**
 * No text becomes markup or script, whatever code tries it. Not on the overlay: OBS itself writes the streamer's CSS into the page as the
 * markup of a style element.
 */
const TEXT_ONLY = ["require-trusted-types-for 'script'", "trusted-types 'none'"]

const ownPolicy = (connect: string, images = '') =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: https:${images}`,
    `connect-src ${connect}`,
    "font-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    ...TEXT_ONLY,
  ].join('; ')
/** A picture that somebody has put behind the preview: made by the page itself, of this browser alone. */
const OWN_PICTURES = ' blob:'
/** The own addresses of this server: the panel asks them whether they lead here. */
const panelPolicy = (own: readonly string[]) => ownPolicy(["'self'", OBS, ...own].join(' '), OWN_PICTURES)
const LANDING_POLICY = ownPolicy("'self'")

/** The hash of the pages in this folder; changes when they do. */
export function buildOf(dir: string): string {
  const path = join(dir, BUILD_FILE)
  if (!existsSync(path)) return 'none'
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
  const named = typeof content === 'object' && content !== null && 'build' in content
  return named && typeof content.build === 'string' ? content.build : 'none'
}

/** Serves the built pages and what they load, out of memory. Read again when the build has changed. */
export function files(dir: string, imageHosts: readonly string[], publicUrls: readonly string[] = []): Koa.Middleware {
  const policies: Policies = { panel: panelPolicy(publicUrls), imageHosts }

  let map: FileMap = read(dir)
  let age = ageOf(dir)
  return async (ctx, next) => {
    if (ctx.path === '/admin') return goTo(ctx, '/admin/')
    const now = ctx.path.startsWith(`/${ASSETS}/`) && map.has(ctx.path) ? age : ageOf(dir)
    if (now !== age) [map, age] = [read(dir), now]
    const file = map.get(ctx.path)
    if (file === undefined) return next()
    serve(ctx, file, policies)
  }
}

interface Policies {
  panel: string
  imageHosts: readonly string[]
}

function serve(ctx: Koa.Context, file: PageFile, policies: Policies): void {
  if (ctx.method !== 'GET' && ctx.method !== 'HEAD') {
    ctx.set('Allow', READING)
    throw new CrossChatError('method_not_allowed')
  }
  ctx.set({ ...headersOf(file, hostOf(ctx.req), policies), ETag: file.etag })
  ctx.status = 200
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  ctx.type = file.type
  ctx.body = file.bytes
}

function headersOf(file: PageFile, host: string, { panel, imageHosts }: Policies): Record<string, string> {
  // The overlay is of no origin, so whatever it loads must be open to any.
  if (file.kind === 'asset') {
    return { 'Cache-Control': 'public, max-age=31536000, immutable', 'Access-Control-Allow-Origin': '*' }
  }
  const page = { 'Cache-Control': 'no-cache' }
  if (file.kind === 'panel' || file.kind === 'landing') {
    const policy = file.kind === 'panel' ? panel : LANDING_POLICY
    return { ...page, 'Content-Security-Policy': policy, 'Cross-Origin-Opener-Policy': 'same-origin' }
  }
  // Pages of others may load it, those that want a word of it first, too.
  if (file.kind === 'lasting') {
    return { ...page, 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
  }
  const framed = overlayPolicy(host, imageHosts, file.kind === 'dock' ? "'self'" : null)
  const policy = [...framed, ...(file.kind === 'dock' ? TEXT_ONLY : [])].join('; ')
  return { ...page, 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' }
}

/**
 * An overlay may stand in any page (`framedBy` null): it can only be looked at. A dock has buttons that somebody could be led to press.
 * Without `allow-same-origin` the page has an opaque origin: no cookies, no storage, which OBS would share with others.
 * Inline style is allowed because that is how OBS brings in the streamer's own CSS.
 */
function overlayPolicy(host: string, imageHosts: readonly string[], framedBy: string | null): string[] {
  return [
    'sandbox allow-scripts',
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    `img-src 'self' data: ${imageHosts.map((each) => `https://${each}`).join(' ')}`.trim(),
    `connect-src 'self' ws://${host} wss://${host}`,
    "base-uri 'none'",
    "form-action 'none'",
    ...(framedBy === null ? [] : [`frame-ancestors ${framedBy}`]),
  ]
}

function goTo(ctx: Koa.Context, address: string): void {
  ctx.status = 301
  ctx.set('Location', address)
  ctx.body = ''
}

function ageOf(dir: string): number {
  return statSync(join(dir, BUILD_FILE), { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function read(dir: string): FileMap {
  const pages = PAGES.filter(({ file }) => existsSync(join(dir, file))).flatMap(({ file, addresses, kind }) => {
    const page = readOne(join(dir, file), kind)
    return addresses.map((address): [string, PageFile] => [address, page])
  })
  const assets = namesIn(join(dir, ASSETS)).map((name): [string, PageFile] => [
    `/${ASSETS}/${name}`,
    readOne(join(dir, ASSETS, name), 'asset'),
  ])
  return new Map([...pages, ...assets, ...lasting(dir)])
}

/** What others name (`/embed.js`) and what browsers ask for unasked (`/favicon.ico`). No hash in the name, so they are asked for again. */
function lasting(dir: string): [string, PageFile][] {
  const names = namesIn(dir).filter((name) => name !== 'index.html' && name !== BUILD_FILE)
  return names.map((name) => [`/${name}`, readOne(join(dir, name), 'lasting')])
}

/** Files of a known kind; dot files, source maps and all else are not served. */
function namesIn(dir: string): string[] {
  if (!existsSync(dir)) return []
  const entries = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map(({ name }) => name).filter((name) => !name.startsWith('.') && extname(name) in TYPES)
}

function readOne(path: string, kind: PageFile['kind']): PageFile {
  const bytes = readFileSync(path)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url')}"`
  return { bytes, kind, etag, type: TYPES[extname(path)] ?? 'application/octet-stream' }
}
