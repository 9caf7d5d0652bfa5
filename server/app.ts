import { fileURLToPath } from 'node:url'
import { openToAll } from './auth/addresses.ts'
import { pageStream } from './channels/page-stream.ts'
import { Upgrades } from './channels/upgrade.ts'
import { isGiven, loadConfig } from './config.ts'
import type { CrossChatOptions, CrossChat as PublicCrossChat } from './crosschat.ts'
import { createLog, type Log } from './log.ts'
import { standardOutput } from './log-sink.ts'
import { LogTail } from './log-tail.ts'
import { buildOf } from './middleware/files.ts'
import { openParts, type Parts } from './parts/index.ts'
import { createHandler } from './routes/index.ts'
import { type Opened, Whole } from './whole.ts'

/** What is given to the outside, and more for whoever looks inside. */
export interface CrossChat extends PublicCrossChat {
  readonly log: Log
  /** The parts, once started. */
  parts(): Promise<Parts>
}

/** `dist/server/app.js` and `server/app.ts` both find the built pages. */
function builtPages(): string {
  const up = import.meta.url.endsWith('.ts') ? '../dist/pages' : '../pages'
  return fileURLToPath(new URL(up, import.meta.url))
}

/** Said at the start; cookies cannot be bound to https there. */
const PLAIN =
  'CROSSCHAT_PUBLIC_URL is plain http: passwords, sessions and keys can be read on the way. Put a proxy with https in front and name its address.'

/** Throws ConfigError at once when the settings do not fit. Two of them can live in one process. */
export function createCrossChat({
  env = process.env,
  pagesDir = builtPages(),
  logTo = standardOutput(),
}: CrossChatOptions = {}): CrossChat {
  const config = loadConfig(env)
  const logTail = new LogTail()
  const log = createLog(config.logLevel, logTo, logTail)
  const droppedLines = () => logTo.dropped ?? 0
  const plain = openToAll(config)
  if (plain.length > 0) log.warn({ addresses: plain }, PLAIN)
  const open = async (): Promise<Opened> => {
    const build = buildOf(pagesDir)
    const registrationFixed = isGiven(env, 'CROSSCHAT_REGISTRATION')
    const parts = await openParts({ config, log, logTail, droppedLines, build, registrationFixed })
    const app = createHandler(parts.house, pagesDir, [pageStream(parts.upgrade)])
    return { parts, listener: app.callback(), upgrades: new Upgrades(parts.upgrade) }
  }
  return outside(new Whole({ open, config, log }), log)
}

/** Whoever mounts it may take its functions out of it. */
function outside(whole: Whole, log: Log): CrossChat {
  return {
    listen: () => whole.listen(),
    start: async () => {
      await whole.opened()
    },
    close: () => whole.close(),
    handler: (req, res) => whole.answer(req, res),
    upgrade: (req, socket, head) => whole.upgrade(req, socket, head),
    get address() {
      return whole.address
    },
    log,
    parts: async () => (await whole.opened()).parts,
  }
}
