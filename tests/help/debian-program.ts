import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { ROOT, run } from '../../scripts/child.ts'

/** Where Debian has those of nginx. */
const MODULES = 'usr/lib/nginx/modules'
/** Git ignores it: what was unpacked once stays. */
const UNPACKED = join(ROOT, 'tests', 'artifacts', 'debian')

/**
 * A program that tests drive and the project does not carry, as the machine has it, or out of Debian's package of that name, unpacked and not
 * installed. Null where neither can be had: a developer's machine goes without, with a word; on CI that is an error.
 */
export function debianProgram(name: string): Promise<string | null> {
  return debianFile(name, name)
}

/** As above, for a file of a package that has another name, such as a module. */
export async function debianFile(ofPackage: string, name: string): Promise<string | null> {
  const found = installed(name) ?? unpacked(name) ?? ((await unpack(ofPackage, name)) ? unpacked(name) : null)
  if (found !== null) return found
  if (process.env.CI === 'true') throw new Error(`${name} is not installed, and apt-get cannot download it.`)
  console.log(
    `skipped: ${name} is not installed, and apt-get cannot download it. NOTHING WAS SHOWN ABOUT ${name.toUpperCase()}.`,
  )
  return null
}

function installed(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', `/${MODULES}`]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}

function unpacked(name: string): string | null {
  const path = join(UNPACKED, name)
  return existsSync(path) ? path : null
}

/** The program alone. The rename makes it whole or not there at all, also when several do it at once. */
async function unpack(ofPackage: string, name: string): Promise<boolean> {
  await mkdir(UNPACKED, { recursive: true })
  const half = await mkdtemp(join(tmpdir(), `crosschat-${name}-`))
  try {
    if (!(await download(ofPackage, half))) return false
    const [archive = ''] = (await readdir(half)).filter((file) => file.endsWith('.deb'))
    if ((await run('dpkg-deb', ['-x', archive, 'files'], { cwd: half })).code !== 0) return false
    const places = ['usr/sbin', 'usr/bin', MODULES].map((folder) => join(half, 'files', folder, name))
    const program = places.find((path) => existsSync(path))
    if (program === undefined) return false
    const beside = join(UNPACKED, basename(half))
    await copyFile(program, beside)
    await rename(beside, join(UNPACKED, name))
    return true
  } finally {
    await rm(half, { recursive: true })
  }
}

/** Lists that are missing or old are fetched, which takes root. */
async function download(name: string, cwd: string): Promise<boolean> {
  const asked = async () => (await run('apt-get', ['download', '-q', name], { cwd })).code === 0
  if (await asked()) return true
  return process.getuid?.() === 0 && (await run('apt-get', ['update', '-q'])).code === 0 && (await asked())
}
