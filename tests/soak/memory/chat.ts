import { platforms } from '../../../workers/platforms/index.ts'
import type { Platform, Pushed, SampleKind } from '../../../workers/platforms/platform.ts'
import { pick } from '../../../workers/random.ts'

/** What people write, as each platform sends it. */

const NAMES = ['Noodle_Knight', 'Mossy_Otter', 'Quiet_Heron', 'Velvet_Comet', 'Rusty_Turnip', 'Paper_Falcon'] as const
const PEOPLE = 2_000
const TEXTS = [
  'that jump was unreal, do it again',
  'catJAM forAll hello from the harbour Kappa',
  'お疲れさまです',
  'see https://clips.example/invented for how it went',
  'مرحبا بالجميع',
  'a spoiler: they win',
] as const
/** One in so many is no plain message. */
const RARE = 10

let said = 0

/** Of one platform's messages as one body; `ids` are those of the events. */
export interface Written extends Pushed {
  platform: string
  ids: string[]
}

/** So many messages, the platforms in turn; now and then, one thing of another kind. */
export function written(count: number): Written {
  const platform = platforms[said++ % platforms.length] as Platform
  if (said % RARE === 0) return { ...sampled(platform, rareKind(platform)), platform: platform.about.id, ids: [] }
  const samples = Array.from({ length: count }, () => sampled(platform, 'message'))
  const [first] = samples as [Pushed & { id: string }]
  return { ...first, body: joined(samples), platform: platform.about.id, ids: samples.map(({ id }) => id) }
}

function sampled(platform: Platform, kind: SampleKind): Pushed & { id: string } {
  said++
  const id = `00000000-0000-4000-8000-${String(said).padStart(12, '0')}`
  const name = `${pick(Math.random, NAMES)}_${Math.floor(Math.random() ** 2 * PEOPLE)}`
  const text = `${pick(Math.random, TEXTS)} (${said})`
  const { body, headers } = platform.sample({ id, at: Date.now(), kind, name, text, roles: [], amount: 5 })
  return { body, headers, id: `${platform.about.id}:${id}` }
}

function rareKind({ about }: Platform): SampleKind {
  return pick(Math.random, about.samples as [SampleKind, ...SampleKind[]])
}

/** JSON payloads as a list, lines below each other. */
function joined(samples: readonly Pushed[]): string {
  const bodies = samples.map(({ body }) => body)
  return bodies[0]?.startsWith('{') === true ? `[${bodies.join(',')}]` : bodies.join('\r\n')
}
