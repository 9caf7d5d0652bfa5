import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { ROOT } from './child.ts'
import { type Import, importsOf } from './imports.ts'
import { isMain } from './main.ts'

/** Who may import whom, as data, and the check of it: values and types, and no circles. */

interface Rule {
  /** The first rule that a file fits is its rule. */
  from: string
  /** Files of the project. */
  may: string[]
  /** Files of which only types may be taken. */
  types?: string[]
  /** Packages and Node's modules; `*` = any. */
  packages: string[]
  why: string
}

const WORDS = ['workers/{message,control,about,followed,ruled,job,erased,text,words}.ts']
/** What server and workers share besides. */
const SHARED = [
  'workers/{message,control,about,followed,ruled,job,erased,fingerprint,event-head,backoff,fair-queue,pace}.ts',
  'workers/queue/**',
]
/** What server and pages share. */
const PAGE_WORDS = 'server/{protocol,look,look-kinds,look-defaults,look-themes,password-rule}.ts'
const PAGE_PACKAGES = ['preact', 'preact/**', 'htm', 'htm/**', '@preact/signals-core']

export const RULES: Rule[] = [
  {
    from: 'workers/queue/**',
    may: ['workers/queue/**'],
    packages: [],
    why: 'the queue knows nothing but itself',
  },
  {
    from: WORDS[0] ?? '',
    may: WORDS,
    packages: [],
    why: 'the words of the workers know nothing but each other',
  },
  {
    from: 'workers/platforms/*.ts',
    may: ['workers/**'],
    packages: ['*'],
    why: 'the workers know only the workers',
  },
  {
    from: 'workers/platforms/*/**',
    may: ['workers/platforms/platform.ts', 'workers/{message,text,words,foreign,backoff,wire,fetching}.ts'],
    packages: ['node:**', 'ws', 'youtubei.js'],
    why: 'a platform knows its own folder, platform.ts, message, text, words, foreign, backoff, wire and fetching',
  },
  {
    from: 'workers/**',
    may: ['workers/**'],
    packages: ['*'],
    why: 'the workers know only the workers',
  },
  {
    from: 'server/stores/{nedb/**,archive-client.ts}',
    may: ['server/**', ...SHARED, 'workers/keeping/**'],
    types: ['workers/archive/words.ts'],
    packages: ['*'],
    why: 'what speaks to the archive thread knows of the workers only message, control, fingerprint, event-head, backoff, fair-queue, pace, queue, keeping and the words of the archive',
  },
  {
    from: 'server/stores/**',
    may: ['server/**', ...SHARED, 'workers/keeping/**'],
    packages: ['*'],
    why: 'a store knows of the workers only message, control, fingerprint, event-head, backoff, fair-queue, pace, queue and keeping',
  },
  {
    from: 'server/**',
    may: ['server/**', ...SHARED],
    packages: ['*'],
    why: 'the server knows of the workers only message, control, fingerprint, event-head, backoff, fair-queue, pace and queue; it starts a thread by its address',
  },
  {
    from: 'overlay/**',
    may: ['overlay/**', PAGE_WORDS],
    packages: PAGE_PACKAGES,
    why: 'the overlay knows itself, the protocol, the settings, preact, htm and signals-core',
  },
  {
    from: 'admin/**',
    may: ['admin/**', 'overlay/parts/**', PAGE_WORDS],
    types: ['server/api.ts'],
    packages: [...PAGE_PACKAGES, '@preact/signals', 'lucide', 'uqr'],
    why: 'the panel knows itself, the overlay’s parts, the protocol, the settings, the types of the api, preact, htm, signals, lucide and uqr',
  },
]

/** The server's storeys from the ground up: a file may import its own and those below. */
export const STOREYS: string[][] = [
  [
    'server/{errors,foreign-json,protocol,password-rule,look,look-kinds,look-css,look-defaults,look-themes,config,settings,setting-values,log,log-tail,log-sink,choices,metrics,resident,threads,frame,slice,version,histogram,loop-delay,queue-totals,questions,turns,waiters,lanes,rush,crosschat}.ts',
  ],
  [
    'server/stores/**',
    'server/auth/**',
    'server/bus/**',
    'server/leases/**',
    'server/redis/**',
    'server/{instance-settings,storage-use}.ts',
  ],
  // The words of the doors: types and schemas that those who make the parts and those who use them share.
  ['server/{api,house,look-body}.ts', 'server/api/**', 'server/answers/**'],
  [
    'server/channels/**',
    'server/{ingest,entries,supervisor,silence,run-delay,death,marks,removed-ids,quarantine,pending-room,pending-jobs}.ts',
  ],
  [
    'server/homes/**',
    'server/{drain,behind,archivist,line,streams,summaries,stream-writer,archive-batch,runs,engine,sources,kept-sources,source-names,source-record,source-orders,source-reports,source-learning,source-gaps,broadcast-news,heartbeat,canary,kept-marks,expiry,lifting,erasures}.ts',
  ],
  ['server/auto-streams.ts', 'server/webhooks/**'],
  ['server/middleware/**', 'server/routes/**'],
  ['server/parts/**'],
  ['server/{app,whole,listening,descriptors}.ts'],
  ['server/{index,public,cli,ending,backup-commands,dump-words,move-command,opening-words}.ts'],
]

interface Source {
  path: string
  imports: (Import & { target: string })[]
}

/** Every breach below a root, each as one line: `file:line imports target: why`. Empty = the floors hold. */
export async function checkFloors(root: string): Promise<string[]> {
  const sources: Source[] = []
  for (const room of ['workers', 'server', 'overlay', 'admin']) sources.push(...(await readRoom(root, room)))
  return [...sources.flatMap(breaches), ...circles(sources)]
}

async function readRoom(root: string, room: string): Promise<Source[]> {
  if (!existsSync(join(root, room))) return []
  const entries = await readdir(join(root, room), { recursive: true })
  const paths = entries.map((entry) => posix.join(room, entry.replaceAll('\\', '/')))
  const sources = paths.filter((path) => /\.m?[jt]sx?$/.test(path) && !path.endsWith('.d.ts')).sort()
  return Promise.all(sources.map((path) => readSource(root, path)))
}

async function readSource(root: string, path: string): Promise<Source> {
  const found = importsOf(await readFile(join(root, path), 'utf8'))
  return { path, imports: found.map((each) => ({ ...each, target: targetOf(path, each.specifier) })) }
}

/** A path from the root, or the package's name as it stands. */
function targetOf(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier
}

function breaches(source: Source): string[] {
  const rule = RULES.find(({ from }) => fits(source.path, [from]))
  const storey = storeyOf(source.path)
  if (source.path.startsWith('server/') && storey < 0) {
    return [`${source.path}:1 stands on no storey: give it one in STOREYS of scripts/floors.ts`]
  }
  return source.imports.flatMap((each) => {
    const why = rule === undefined || allowed(rule, source.path, each) ? climbs(each.target, storey) : rule.why
    return why === null ? [] : [`${source.path}:${each.line} imports ${each.target}: ${why}`]
  })
}

function allowed(rule: Rule, path: string, { specifier, target, typeOnly }: Import & { target: string }): boolean {
  if (!specifier.startsWith('.')) return rule.packages.includes('*') || fits(target, rule.packages)
  if (fits(target, rule.may)) return true
  if (typeOnly && fits(target, rule.types ?? [])) return true
  return rule.from === 'workers/platforms/*/**' && platformOf(target) === platformOf(path)
}

const platformOf = (path: string): string => path.split('/').slice(0, 3).join('/')

function climbs(target: string, storey: number): string | null {
  const above = storeyOf(target)
  if (storey < 0 || above <= storey) return null
  return `it stands on storey ${above}, above storey ${storey}; a file imports its own storey and those below`
}

const storeyOf = (path: string): number => STOREYS.findIndex((globs) => fits(path, globs))

const fits = (path: string, globs: readonly string[]): boolean => globs.some((glob) => asPattern(glob).test(path))

/** `*` within a folder, `**` across folders, `{a,b}` one of them; no other signs. */
function asPattern(glob: string): RegExp {
  const signs: Record<string, string> = { '**': '.*', '*': '[^/]*', '{': '(?:', '}': ')', ',': '|', '.': '\\.' }
  return new RegExp(`^${glob.replace(/\*\*|[*{},.]/g, (sign) => signs[sign] ?? sign)}$`)
}

/** Every circle of imports once, as `circle: a → b → a`. */
function circles(sources: Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) found.push(`circle: ${[...trail.slice(start), path].join(' → ')}`)
    if (start >= 0 || done.has(path)) return
    for (const { target } of byPath.get(path)?.imports ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const source of sources) visit(source.path, [])
  return [...new Set(found)]
}

if (isMain(import.meta)) {
  const found = await checkFloors(ROOT)
  for (const breach of found) console.log(breach)
  console.log(found.length === 0 ? 'The floors hold.' : `${found.length} breaches.`)
  if (found.length > 0) process.exitCode = 1
}
