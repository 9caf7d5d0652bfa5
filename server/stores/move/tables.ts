/** THE REGISTER: each file of records in the folder, and the table of the database that holds the same. */
export const TABLES: readonly { file: string; table: string }[] = [
  { file: 'accounts', table: 'accounts' },
  { file: 'channels', table: 'channels' },
  { file: 'members', table: 'members' },
  { file: 'invites', table: 'invites' },
  { file: 'overlays', table: 'overlays' },
  { file: 'docks', table: 'docks' },
  { file: 'drafts', table: 'drafts' },
  { file: 'versions', table: 'versions' },
  { file: 'stages', table: 'stages' },
  { file: 'people', table: 'people' },
  { file: 'deeds', table: 'deeds' },
  { file: 'rules-history', table: 'rules_history' },
  { file: 'moments', table: 'moments' },
  { file: 'erasures', table: 'erasures' },
  { file: 'sessions', table: 'sessions' },
  { file: 'keys', table: 'keys' },
  { file: 'webhooks', table: 'webhooks' },
  { file: 'waiting', table: 'waiting' },
  { file: 'sources', table: 'sources' },
  { file: 'streams', table: 'streams' },
  { file: 'instance', table: 'instance' },
]

/** A record as it stands: its id, and the JSON text of all of it. */
export interface KeptDocument {
  id: string
  text: string
}
