import { docks } from './docks.ts'
import { history } from './history.ts'
import { instance } from './instance.ts'
import { live } from './live.ts'
import { lookTable } from './look-table.ts'
import { looks } from './looks.ts'
import { moderation } from './moderation.ts'
import { people } from './people.ts'
import { programs } from './programs.ts'
import { server } from './server.ts'
import { settings } from './settings.ts'
import { shared } from './shared.ts'
import { shell } from './shell.ts'

export { sentences } from './sentences.ts'

/** German, by screens. The address is an informal one, as among people who stream. */
export const german = {
  ...docks,
  ...history,
  ...instance,
  ...live,
  ...lookTable,
  ...looks,
  ...moderation,
  ...people,
  ...programs,
  ...server,
  ...settings,
  ...shared,
  ...shell,
}
export type German = typeof german
