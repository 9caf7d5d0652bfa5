import type { Test } from 'uvu'
import { serversWanted } from './several.ts'

/** What `npm test -- --nodes` does not run on several servers, and why: whole files, and tests of the others by their names. */

export const FILES: Readonly<Record<string, string>> = {
  'tests/journeys/any-node.test.ts': 'has its own two servers',
  'tests/journeys/backup.test.ts': 'backups are of the data folder; a database has its own',
  'tests/journeys/command-line.test.ts': 'commands are for the data folder of a server that stands still',
  'tests/journeys/exported-page.test.ts': 'no server',
  'tests/journeys/packed.test.ts': 'the package as it is installed, which starts by itself',
  'tests/journeys/postgres.test.ts': 'says itself what it shares',
  'tests/journeys/proxies.test.ts': 'one server behind real proxies; scaled.test.ts has two behind one',
  'tests/journeys/scaled.test.ts': 'has its own two servers',
}

export const TESTS: Readonly<Record<string, string>> = {
  'turns away with 4005 what is too many from one address, and lets in again when there is room':
    'each server counts the connections that it holds itself',
  'has its emotes after a restart although no service answers':
    'each server keeps its copy in a folder of its own, and another one may run the channel then',
  'follows the log, by level': 'it looks at the log of the server that did something, whichever that is',
  'counts after a kill what was lost': 'it looks into the data folder to know what is kept',
  'is only forgotten where its file is damaged': 'several servers know it from Redis, too',
  'cuts off a client that stops reading, and holds nobody else up':
    'it reads the figures of the server that cuts it off',
}

/** Tests that want one server: on several they are passed over, and say why. */
export function alone<Context>(test: Test<Context>): (name: string, does: Parameters<Test<Context>>[1]) => void {
  return (name, does) => {
    const why = TESTS[name]
    if (why === undefined) throw new Error(`"${name}" does not stand in tests/help/one-server.ts.`)
    if (serversWanted() === 1) {
      test(name, does)
      return
    }
    console.log(`skipped: ${name}: ${why}`)
    test.skip()
  }
}
