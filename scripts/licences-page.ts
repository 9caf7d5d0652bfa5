import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './child.ts'
import { type Lock, nameOf, readLock } from './locked.ts'
import { isMain } from './main.ts'

/** `docs/licences.md`, made from the lock and the packages themselves; a test says when it is stale. */

export const LICENCES_PAGE = join(ROOT, 'docs', 'licences.md')

/** What the build joins into the pages, so that it is shipped without its package. */
export const BUNDLED = [
  '@fontsource-variable/atkinson-hyperlegible-next',
  '@fontsource-variable/fredoka',
  '@fontsource-variable/inter',
  '@fontsource-variable/jetbrains-mono',
  '@fontsource-variable/nunito',
  '@fontsource-variable/roboto-condensed',
  '@fontsource/bangers',
  '@fontsource/press-start-2p',
  '@preact/signals',
  '@preact/signals-core',
  'htm',
  'lucide',
  'preact',
  'uqr',
]
/** Packages that name no licence in their package.json, and the one in their LICENSE file. */
const UNNAMED: Readonly<Record<string, string>> = { '@seald-io/binary-search-tree': 'MIT' }

export function licenceOf(lock: Lock, place: string): string {
  return lock[place]?.license ?? UNNAMED[nameOf(place)] ?? 'unknown'
}

export async function licencesPage(): Promise<string> {
  const lock = await readLock()
  const installed = Object.keys(lock).filter((place) => place !== '' && lock[place]?.dev !== true)
  const bundled = BUNDLED.map((name) => `node_modules/${name}`)
  const texts = await Promise.all(
    BUNDLED.map(async (name) => `### ${name}\n\n\`\`\`text\n${await textOf(name)}\n\`\`\`\n`),
  )
  return [HEAD, table(lock, installed), BUNDLED_HEAD, table(lock, bundled), TEXTS_HEAD, ...texts].join('\n')
}

function table(lock: Lock, places: string[]): string {
  const rows = places.map((place) => `| ${nameOf(place)} | ${lock[place]?.version} | ${licenceOf(lock, place)} |`)
  return `| Package | Version | Licence |\n| --- | --- | --- |\n${rows.sort().join('\n')}\n`
}

async function textOf(name: string): Promise<string> {
  const folder = join(ROOT, 'node_modules', name)
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each))
  if (file === undefined) throw new Error(`${name} ships no licence.`)
  const text = await readFile(join(folder, file), 'utf8')
  return text.replaceAll('\r\n', '\n').trim()
}

const HEAD = `# Licences

Made from \`package-lock.json\` by \`node --import tsx scripts/licences-page.ts\`. CrossChat itself is under the MIT licence.

## Installed with CrossChat
`
const BUNDLED_HEAD = `## Part of the pages

Joined into overlay, dock and panel by the build. Their texts stand below.
`
const TEXTS_HEAD = '## Texts\n'

if (isMain(import.meta)) await writeFile(LICENCES_PAGE, await licencesPage())
