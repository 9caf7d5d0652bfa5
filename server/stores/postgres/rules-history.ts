import { type FormerRules, MAX_FORMER_RULES, type RulesHistory } from '../moderation.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openRulesHistory({ database }: Place): RulesHistory {
  const table = new Table<FormerRules>(database, 'rules_history')
  const newestFirst = 'at DESC, id'
  return {
    byChannel: (channelId) => table.all({ channelId }, newestFirst),
    push: (former) =>
      table.inTurn(former.channelId, async (turn) => {
        await turn.insert(former)
        const kept = await turn.all({ channelId: former.channelId }, newestFirst)
        for (const { id } of kept.slice(MAX_FORMER_RULES)) await turn.remove(id)
      }),
    async remove(id) {
      await table.remove(id)
    },
    async forget(channelId) {
      await table.removeAll({ channelId })
    },
  }
}
