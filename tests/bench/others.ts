import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** The programs that CrossChat is measured against: a package of their own, so that the product does not carry them. */

const FOLDER = join(process.cwd(), 'tests', 'bench')

/** `require` as seen from `tests/bench`, installed first when missing. The harness runs every bench in the project's root. */
export function requireOther(): NodeJS.Require {
  const installed = join(FOLDER, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    execFileSync(npm, ['ci', '--prefix', FOLDER, '--no-audit', '--no-fund'], { stdio: 'inherit' })
  }
  return createRequire(join(FOLDER, 'package.json'))
}
