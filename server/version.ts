import { readFileSync } from 'node:fs'

/** Beside the sources when they run, one folder further up from the built files. */
const PACKAGE = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json'

/** The version of this CrossChat. */
export const VERSION = versionOf(JSON.parse(readFileSync(new URL(PACKAGE, import.meta.url), 'utf8')))

function versionOf(manifest: unknown): string {
  const named = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return named ? String(manifest.version) : '0.0.0'
}
