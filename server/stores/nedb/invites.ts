import type { Invite, Invites } from '../members.ts'
import type { Place } from './place.ts'
import { restoreOne, Table } from './table.ts'

export async function openInvites(place: Place): Promise<Invites & { close(): Promise<void> }> {
  const table = await Table.open<Invite>({
    ...place.file('invites'),
    unique: ['digest'],
    indexed: ['channelId'],
    fields: ['digest', 'channelId', 'role', 'name', 'by', 'createdAt', 'expiresAt'],
  })
  return {
    async insert(invite) {
      await table.write((engine) => engine.remove({ expiresAt: { $lte: place.now() } }, { multi: true }))
      await table.insert(invite)
      await table.sync()
    },
    async byDigest(digest) {
      const invite = await table.one({ digest })
      return invite !== null && invite.expiresAt > place.now() ? invite : null
    },
    async open(channelId) {
      const all = await table.all({ channelId })
      const now = place.now()
      return all.filter(({ expiresAt }) => expiresAt > now).sort((a, b) => b.createdAt - a.createdAt)
    },
    async take(digest) {
      const taken = await table.write(async (engine) => {
        const document = await engine.findOne({ digest, expiresAt: { $gt: place.now() } })
        if (document === null) return null
        await engine.remove({ _id: document._id }, {})
        return restoreOne<Invite>(document)
      })
      if (taken !== null) await table.sync()
      return taken
    },
    async remove(channelId, id) {
      const removed = await table.remove(id, { channelId })
      if (removed) await table.sync()
      return removed
    },
    close: () => table.close(),
  }
}
