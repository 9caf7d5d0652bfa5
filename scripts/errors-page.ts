import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ERRORS } from '../server/errors.ts'
import { ROOT } from './child.ts'
import { isMain } from './main.ts'

/** `docs/errors.md`, made from the table in `server/errors.ts`; a test says when it is stale. */

export const ERRORS_PAGE = join(ROOT, 'docs', 'errors.md')

export function errorsPage(): string {
  const rows = Object.entries(ERRORS).map(([code, [status, sentence]]) => `| \`${code}\` | ${status} | ${sentence} |`)
  return `${HEAD}\n${rows.join('\n')}\n`
}

const HEAD = `# Errors

Made from \`server/errors.ts\` by \`node --import tsx scripts/errors-page.ts\`; change it there.

Every error has one shape. \`code\` is for programs and never changes its meaning; \`message\` is for people and may be more
exact than the sentence below; \`fields\` names what is wrong in the body; \`requestId\` stands in the server's log.

\`\`\`json
{ "error": { "code": "no_stream", "message": "No stream is running.", "requestId": "k3v9…" } }
\`\`\`

429 and 503 come with \`Retry-After\` in seconds. Whatever the error, nothing of the request was done by halves.

| code | status | meaning, and what to do |
| --- | --- | --- |`

if (isMain(import.meta)) await writeFile(ERRORS_PAGE, errorsPage())
