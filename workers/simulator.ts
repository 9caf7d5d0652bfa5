import type { SampleKind } from './about.ts'
import type { FromWorker } from './control.ts'
import type { RunOrder, SampleRequest } from './job.ts'
import type { Role } from './message.ts'
import { pick, seeded } from './random.ts'

/** How often due messages are made, ms. */
const TICK_MS = 20
/** How often progress is told at most, ms. */
const TELL_EVERY_MS = 200
/** Runs at once on one thread; one more is refused by the server. */
export const MAX_RUNS = 100

export interface Scenario {
  id: string
  label: string
  make(random: () => number): SampleRequest
}

const NAMES = [
  'PixelPanda',
  'Marta Lindqvist',
  'greenbean_77',
  'noodle_knight',
  'mod_samira',
  'OlaNordhavn',
  'quiet_otter',
  'averyveryverylongname_2026',
  '雪うさぎ',
  'нина_лес',
  'ليلى',
  'TofuTornado',
] as const
const COLORS = ['#ff7f50', '#1e90ff', '#9acd32', '#ff69b4', '#daa520', '#00c2a8', '#b794ff', '#e05a47'] as const
const CALM = [
  'Welcome in everyone! Grab a snack',
  'that jump was unreal, do it again',
  'first time here, hi!',
  'what game is this?',
  'gg wp',
  'How long have you been playing this? I only started last week and keep falling off the same ledge',
  'the music fits so well',
  '今日もいい感じですね',
  'привет из Вологды 👋',
  'مرحبا بالجميع',
  'one more run, please 🙏',
  '!uptime',
] as const
const LOUD = [
  'LETS GOOOO',
  'Kappa Kappa',
  'HYPE HYPE HYPE',
  '🔥🔥🔥',
  'NO WAY',
  'clip it!!',
  'PogChamp',
  'W',
  'LUL',
] as const

function author(random: () => number): Pick<SampleRequest, 'name' | 'color' | 'roles'> {
  const roles: Role[] = []
  if (random() < 0.06) roles.push('mod')
  if (random() < 0.08) roles.push('vip')
  if (random() < 0.3) roles.push('sub')
  return { name: pick(random, NAMES), color: pick(random, COLORS), roles }
}

function calm(random: () => number): SampleRequest {
  const kind: SampleKind = random() < 0.04 ? 'sub' : random() < 0.03 ? 'cheer' : 'message'
  return { kind, ...author(random), text: pick(random, CALM), amount: 1 + Math.floor(random() * 500) }
}

function loud(random: () => number): SampleRequest {
  const kind: SampleKind = random() < 0.02 ? 'raid' : random() < 0.05 ? 'gift' : 'message'
  return { kind, ...author(random), text: pick(random, LOUD), amount: 1 + Math.floor(random() * 50) }
}

function hard(random: () => number): SampleRequest {
  const texts = [
    'a'.repeat(120),
    'z\u0301\u0301\u0301\u0301\u0301\u0301algo',
    'مرحبا abc שלום',
    '👨‍👩‍👧‍👦🏳️‍🌈🇳🇴',
    '<b>not bold</b> & "quoted"',
  ] as const
  return { kind: 'message', ...author(random), text: pick(random, texts) }
}

export const SCENARIOS: readonly [Scenario, ...Scenario[]] = [
  { id: 'quiet', label: 'Quiet chat', make: calm },
  { id: 'hype', label: 'Hype', make: loud },
  { id: 'hard', label: 'Long words, right-to-left, emoji', make: hard },
]

type Emit = (channel: number, platform: string, fields: SampleRequest, delivery: string, at: number) => void

/** Plays seeded runs at a pace. A run that a dead worker left is handed over again and goes on where it stood. */
export class Simulator {
  readonly #emit: Emit
  readonly #answer: (word: FromWorker) => void
  readonly #kinds: ReadonlyMap<string, readonly SampleKind[]>
  /** How to end a run; gives how many messages it has made. */
  readonly #runs = new Map<string, () => number>()

  /** `kinds`: what each platform can make; another kind becomes a plain message. */
  constructor(kinds: ReadonlyMap<string, readonly SampleKind[]>, emit: Emit, answer: (word: FromWorker) => void) {
    this.#kinds = kinds
    this.#emit = emit
    this.#answer = answer
  }

  start(run: RunOrder): void {
    const began = performance.now() - (run.from / run.perSecond) * 1_000
    const next = this.#messages(run)
    let made = run.from
    let told = { made, at: began }
    const timer = setInterval(() => {
      const now = performance.now()
      const due = Math.min(run.count, Math.floor(((now - began) / 1_000) * run.perSecond) + 1)
      for (; made < due; made++) next()
      if (made >= run.count) this.cancel(run.id)
      else if (made > told.made && now - told.at >= TELL_EVERY_MS) {
        told = { made, at: now }
        this.#answer({ type: 'run', id: run.id, made, finished: false })
      }
    }, TICK_MS)
    this.#runs.set(run.id, () => {
      clearInterval(timer)
      return made
    })
  }

  /** Ends a run and tells how far it came. */
  cancel(id: string): void {
    const made = this.#runs.get(id)?.()
    if (made === undefined) return
    this.#runs.delete(id)
    this.#answer({ type: 'run', id, made, finished: true })
  }

  /** Ends all runs without a word: they may go on in another thread. */
  stop(): void {
    for (const end of this.#runs.values()) end()
    this.#runs.clear()
  }

  /** Makes the run's messages one by one; those before `from` are drawn and thrown away, so that the rest is the same. */
  #messages(run: RunOrder): () => void {
    const random = seeded(run.seed)
    const scenario = SCENARIOS.find(({ id }) => id === run.scenario) ?? SCENARIOS[0]
    let index = 0
    const draw = () => ({
      platform: run.platforms[Math.floor(random() * run.platforms.length)] ?? '',
      fields: scenario.make(random),
    })
    for (; index < run.from; index++) draw()
    return () => {
      const { platform, fields } = draw()
      const kind = this.#kinds.get(platform)?.includes(fields.kind) ? fields.kind : 'message'
      this.#emit(run.channel, platform, { ...fields, kind }, `${run.id}-${index++}`, Date.now())
    }
  }
}
