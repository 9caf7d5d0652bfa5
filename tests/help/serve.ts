import type { Test } from 'uvu'
import { type Browser, type Engine, openEngine } from './browsers.ts'
import { type RunningServer, startServer, temporaryData } from './server.ts'

export interface Serving {
  engine?: Engine
  /** Settings of the server; asked for when it starts, so after the hooks that stand before this. */
  env?: () => Record<string, string>
}

/** What stands while a suite's tests run. */
export interface Served {
  readonly server: RunningServer
  readonly browser: Browser
  /** The server's address. */
  readonly base: string
}

/** A server on data of its own and an engine, for all tests of a suite. Behind every test, its pages are closed. */
export function serve<Context>(test: Test<Context>, { engine = '127', env = () => ({}) }: Serving = {}): Served {
  let data: Awaited<ReturnType<typeof temporaryData>> | undefined
  let server: RunningServer | undefined
  let browser: Browser | undefined
  test.before(async () => {
    try {
      data = await temporaryData()
      server = await startServer({ dataDir: data.path, env: env() })
      browser = await openEngine(engine)
    } catch (error) {
      // The runner counts a suite that did not begin, and does not say why.
      console.error(error)
      throw error
    }
  })
  test.after.each(async () => {
    for (const context of browser?.contexts() ?? []) await context.close()
  })
  test.after(async () => {
    await browser?.close()
    await server?.end('SIGKILL')
    await data?.remove()
  })
  return {
    get server() {
      return standing(server)
    },
    get browser() {
      return standing(browser)
    },
    get base() {
      return standing(server).base
    },
  }
}

function standing<Part>(part: Part | undefined): Part {
  if (part === undefined) throw new Error('The suite has not begun.')
  return part
}
