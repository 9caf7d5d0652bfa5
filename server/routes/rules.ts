import type { z } from 'zod'
import type { Rules, TrialVerdict, WordRule } from '../../workers/ruled.ts'
import { RulesAnswer, VerdictAnswer } from '../answers/moderation.ts'
import { RulesBody, TrialBody } from '../api/rules.ts'
import type { Actor } from '../auth/actor.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { RULES_BODY } from '../middleware/body.ts'
import type { Deed, HiddenPerson } from '../stores/moderation.ts'
import { Turns } from '../turns.ts'
import { noteDeed } from './moderation-log.ts'
import { type Route, route } from './route.ts'

const STRANGER = 'somebody'

/** What is kept off the air by itself. */
export function rules(house: House): Route[] {
  const { stores, line } = house
  /** Of a channel's rules: two changes at once must not forget one another. */
  const turns = new Turns()
  return [
    route(
      {
        method: 'GET',
        path: '/api/moderation/rules',
        who: 'account',
        least: 'viewer',
        does: 'Gives the rules of the channel.',
        gives: RulesAnswer,
      },
      ({ caller }): Rules => caller.channel.rules,
    ),

    route(
      {
        method: 'PUT',
        path: '/api/moderation/rules',
        who: 'account',
        least: 'moderator',
        does: 'Replaces the rules of the channel; those below `bots` stay where the body does not name them.',
        example: {
          words: ['spoiler', { text: 'ass', match: 'whole', action: 'hold' }],
          users: [],
          commands: true,
          bots: true,
        },
        gives: RulesAnswer,
        body: RulesBody,
        bodyLimit: RULES_BODY,
        rate: 'rules',
      },
      ({ caller, body }): Promise<Rules> =>
        turns.take(caller.channel.id, async () => {
          const before = await rulesOf(house, caller.channel.id)
          const changed = changedRules(before, body)
          const deed = await become(house, caller, changed)
          if (deed !== null && JSON.stringify(before) !== JSON.stringify(changed)) {
            await stores.rulesHistory.push({ id: deed.id, channelId: deed.channelId, at: deed.at, rules: before })
          }
          return changed
        }),
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/rules/undo/:id',
        who: 'account',
        least: 'moderator',
        does: 'Takes back a change of the rules, by the id of its entry in the log: the newest first, and up to ten.',
        gives: RulesAnswer,
        fails: ['not_found', 'rules_changed'],
        rate: 'rules',
      },
      ({ caller, params }): Promise<Rules> =>
        turns.take(caller.channel.id, async () => {
          const [newest, ...older] = await stores.rulesHistory.byChannel(caller.channel.id)
          if (older.some(({ id }) => id === params.id)) throw new CrossChatError('rules_changed')
          if (newest === undefined || newest.id !== params.id) throw new CrossChatError('not_found')
          await become(house, caller, newest.rules, newest.id)
          await stores.rulesHistory.remove(newest.id)
          return newest.rules
        }),
    ),

    route(
      {
        method: 'POST',
        path: '/api/moderation/rules/test',
        who: 'account',
        least: 'moderator',
        does: 'Says what the rules, saved or not, would do with a message. Nothing is shown, kept or remembered.',
        example: { text: 'what a class', name: 'noodle_knight' },
        gives: VerdictAnswer,
        fails: ['busy'],
        body: TrialBody,
        bodyLimit: RULES_BODY,
        rate: 'rules',
      },
      async ({ caller, body }): Promise<TrialVerdict> => {
        const { channel } = caller
        const { text, name = STRANGER, first = false } = body
        const person = personOf(await stores.people.byChannel(channel.id), name)
        const tried = body.rules === undefined ? null : changedRules(channel.rules, body.rules)
        return line.try(channel.id, { text, name, person, first, rules: tried })
      },
    ),
  ]
}

/** As they are now, and not as the caller's channel was read. */
async function rulesOf({ stores }: House, channelId: string): Promise<Rules> {
  const channel = await stores.channels.byId(channelId)
  if (channel === null) throw new CrossChatError('not_found')
  return channel.rules
}

/** The rules are these from now on; gives the deed. */
async function become(house: House, { channel, account }: Actor, rules: Rules, undoes?: string): Promise<Deed | null> {
  await house.stores.channels.setRules(channel.id, rules)
  await house.line.rulesChanged(channel.id, rules)
  const hand = { kind: 'account' as const, id: account.id, name: account.username }
  return noteDeed(house, { channel, hand }, { what: 'rules', ...(undoes !== undefined && { undoes }) })
}

function changedRules(before: Rules, body: z.output<typeof RulesBody>): Rules {
  const { words, users, commands, bots } = body
  const { links, caps, repeats, emoteOnly, firstTimers, everything } = before
  return {
    words: words.map(shortest),
    users,
    commands,
    bots,
    links: body.links === undefined ? links : body.links,
    caps: body.caps === undefined ? caps : body.caps,
    repeats: body.repeats === undefined ? repeats : body.repeats,
    emoteOnly: body.emoteOnly === undefined ? emoteOnly : body.emoteOnly,
    firstTimers: body.firstTimers ?? firstTimers,
    everything: body.everything ?? everything,
  }
}

/** What a plain string says is one, for those who know only such. */
function shortest(word: string | WordRule): string | WordRule {
  return typeof word !== 'string' && word.match === 'anywhere' && word.action === 'hide' ? word.text : word
}

/** People are hidden by their platform's id; in a trial there is only a name. */
function personOf(people: readonly HiddenPerson[], name: string): { platform: string; authorId: string } | null {
  const wanted = name.trim().replace(/^@/, '').toLowerCase()
  const found = people.find((person) => person.name.toLowerCase() === wanted)
  return found === undefined ? null : { platform: found.platform, authorId: found.authorId }
}
