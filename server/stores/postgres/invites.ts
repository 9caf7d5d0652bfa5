import type { Invite, Invites } from '../members.ts'
import type { Place } from './place.ts'
import { Table } from './table.ts'

export function openInvites({ database, now }: Place): Invites {
  const table = new Table<Invite>(database, 'invites')
  return {
    async insert(invite) {
      await table.removeWhere('WHERE expires_at <= $1', [now()])
      await table.insert(invite)
    },
    async byDigest(digest) {
      const invite = await table.one({ digest })
      return invite !== null && invite.expiresAt > now() ? invite : null
    },
    async open(channelId) {
      const all = await table.all({ channelId }, 'created_at DESC, id')
      return all.filter(({ expiresAt }) => expiresAt > now())
    },
    async take(digest) {
      const [taken] = await table.removeWhere('WHERE digest = $1 AND expires_at > $2', [digest, now()])
      return taken ?? null
    },
    remove: (channelId, id) => table.remove(id, { channelId }),
  }
}
