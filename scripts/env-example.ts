import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { envExample } from '../server/config.ts'
import { ROOT } from './child.ts'
import { isMain } from './main.ts'

/** `.env.example`, made from the table in `server/settings.ts`; a test says when it is stale. */

export const ENV_EXAMPLE = join(ROOT, '.env.example')

if (isMain(import.meta)) await writeFile(ENV_EXAMPLE, envExample())
