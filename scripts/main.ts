import { realpathSync } from 'node:fs'

/** Whether this module is the program that was started, and not a part of another. */
export function isMain(meta: ImportMeta): boolean {
  const started = process.argv[1]
  return started !== undefined && realpathSync(started) === meta.filename
}
