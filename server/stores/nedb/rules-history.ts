import { type FormerRules, MAX_FORMER_RULES, type RulesHistory } from '../moderation.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export async function openRulesHistory(place: Place): Promise<RulesHistory & { close(): Promise<void> }> {
  const table = await Table.open<FormerRules>({
    ...place.file('rules-history'),
    indexed: ['channelId'],
    fields: ['channelId', 'at', 'rules'],
  })
  const byChannel = async (channelId: string) => (await table.all({ channelId })).sort((a, b) => b.at - a.at)
  return {
    byChannel,
    async push(former) {
      await table.insert(former)
      for (const { id } of (await byChannel(former.channelId)).slice(MAX_FORMER_RULES)) await table.remove(id)
    },
    async remove(id) {
      await table.remove(id)
    },
    async forget(channelId) {
      await table.write((engine) => engine.remove({ channelId }, { multi: true }))
      await table.sync()
    },
    close: () => table.close(),
  }
}
