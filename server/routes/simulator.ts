import { randomInt } from 'node:crypto'
import type { SampleRequest } from '../../workers/job.ts'
import { ProducedAnswer, RunAnswer } from '../answers/stream.ts'
import { RunBody, type RunView, SampleBody } from '../api/simulator.ts'
import type { ProducedView } from '../api/sources.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { producedView } from './producers.ts'
import { type Route, route } from './route.ts'

const SEEDS = 0xffff_ffff

/** Simulated messages, one by one or as a run; they take the whole way that real ones take. */
export function simulator({ line, runs }: House): Route[] {
  return [
    route(
      {
        method: 'POST',
        path: '/api/simulator/messages',
        who: 'control',
        least: 'owner',
        does: 'Sends one simulated message.',
        example: { platform: 'youtube', name: 'noodle_knight', text: 'good luck!', kind: 'superchat', amount: 5 },
        gives: ProducedAnswer,
        fails: ['unknown_platform', 'queue_full'],
        body: SampleBody,
        status: 202,
        rate: 'simulate',
      },
      async ({ caller, body }): Promise<ProducedView> => {
        const { platform, kind = 'message', name, text, roles = [], color, amount } = body
        const about = line.platforms().find(({ id }) => id === platform)
        if (about === undefined) throw new CrossChatError('unknown_platform')
        if (!about.samples.includes(kind)) {
          throw new CrossChatError('bad_request', {
            fields: { kind: `${about.label} knows only ${about.samples.join(', ')}` },
          })
        }
        const fields: SampleRequest = { kind, name, text, roles }
        if (color !== undefined) fields.color = color.toLowerCase()
        if (amount !== undefined) fields.amount = amount
        return producedView(await line.sample(caller.channel.id, platform, fields))
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/simulator/runs',
        who: 'account',
        least: 'owner',
        does: 'Starts a run of simulated messages.',
        example: { scenario: 'hype', count: 200, perSecond: 20 },
        gives: RunAnswer,
        fails: ['unknown_platform'],
        body: RunBody,
        status: 201,
        rate: 'runs',
      },
      async ({ caller, body }): Promise<RunView> => {
        const known = line.platforms().map(({ id }) => id)
        const platforms = body.mix === undefined ? [...new Set(body.platforms ?? known)] : partsOf(body.mix)
        if (platforms.some((platform) => !known.includes(platform))) throw new CrossChatError('unknown_platform')
        const { count, perSecond, seed = randomInt(SEEDS) } = body
        const scenario = scenarioOf(
          body.scenario,
          line.scenarios().map(({ id }) => id),
        )
        return runs.start(caller.channel.id, { scenario, platforms, count, perSecond, seed })
      },
    ),

    route(
      {
        method: 'GET',
        path: '/api/simulator/runs/:id',
        live: true,
        who: 'account',
        least: 'owner',
        does: 'Says how far a run is.',
        gives: RunAnswer,
      },
      ({ caller, params }): RunView => {
        const run = runs.get(caller.channel.id, params.id ?? '')
        if (run === null) throw new CrossChatError('not_found')
        return run
      },
    ),

    route(
      {
        method: 'DELETE',
        path: '/api/simulator/runs/:id',
        who: 'account',
        least: 'owner',
        does: 'Stops a run.',
        gives: null,
      },
      ({ caller, params }) => {
        if (!runs.cancel(caller.channel.id, params.id ?? '')) throw new CrossChatError('not_found')
      },
    ),
  ]
}

/** Each platform as often as it has parts: a run draws from all of them alike. */
function partsOf(mix: Record<string, number>): string[] {
  const platforms = Object.entries(mix).flatMap(([platform, parts]) => Array<string>(parts).fill(platform))
  if (platforms.length > 0) return platforms
  throw new CrossChatError('bad_request', { fields: { mix: 'needs a platform with at least one part' } })
}

/** The one asked for, or the first of those there are. */
function scenarioOf(asked: string | undefined, known: string[]): string {
  const scenario = asked ?? known[0] ?? ''
  if (known.includes(scenario)) return scenario
  throw new CrossChatError('bad_request', { fields: { scenario: `must be one of ${known.join(', ')}` } })
}
