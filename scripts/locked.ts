import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './child.ts'

/** What stands in package.json and package-lock.json, as far as it is asked for. */

export interface Manifest {
  dependencies: Record<string, string>
  optionalDependencies: Record<string, string>
  devDependencies: Record<string, string>
}
export interface Locked {
  version: string
  license?: string
  integrity?: string
  dev?: true
  hasInstallScript?: true
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
/** Place below node_modules → package; '' is this project. */
export type Lock = Readonly<Record<string, Locked>>

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'))
}

export async function readLock(): Promise<Lock> {
  return JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')).packages
}

export function nameOf(place: string): string {
  return place.replace(/^.*node_modules\//, '')
}

/** Everything that a package of this project needs besides itself, over any number of steps, by place. */
export function pulledIn(lock: Lock, name: string): string[] {
  const seen = new Set<string>()
  const walk = (place: string | null): void => {
    if (place === null || seen.has(place)) return
    seen.add(place)
    const { dependencies, optionalDependencies } = lock[place] ?? {}
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) walk(found(lock, place, needed))
  }
  const own = `node_modules/${name}`
  walk(own)
  seen.delete(own)
  return [...seen]
}

/** Node's own look-up: in the package's node_modules, then in that of each one around it. */
function found(lock: Lock, from: string, name: string): string | null {
  for (let around = from; ; ) {
    const place = `${around === '' ? '' : `${around}/`}node_modules/${name}`
    if (place in lock) return place
    if (around === '') return null
    around = around.slice(0, Math.max(0, around.lastIndexOf('/node_modules/')))
  }
}
