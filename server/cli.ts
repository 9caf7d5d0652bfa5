import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { createCrossChat } from './app.ts'
import { Passwords } from './auth/passwords.ts'
import { backup, restore } from './backup-commands.ts'
import { ConfigError, describeConfig, loadConfig } from './config.ts'
import { untilStopped } from './ending.ts'
import { CrossChatError } from './errors.ts'
import { createLog } from './log.ts'
import { standardOutput } from './log-sink.ts'
import { moveInto } from './move-command.ts'
import { openingWords } from './opening-words.ts'
import { passwordComplaint } from './password-rule.ts'
import { driverOf, openStores } from './stores/index.ts'

const USAGE = `crosschat: Twitch, YouTube and Kick chat as one stream.

  crosschat start                  start the server (the default)
  crosschat check-config           print every setting with its value and where it comes from
  crosschat reset-password NAME    give an account a new password, read from standard input; the server must be stopped
  crosschat backup FILE            write everything that is kept into one file, also while the server runs; - = standard output
  crosschat restore FILE           put a backup into DATA_DIR; the server must be stopped; - = standard input
      --replace                    what stands in DATA_DIR is moved aside first; without it DATA_DIR must be empty
  crosschat move --to ADDRESS      bring what stands in DATA_DIR into a PostgreSQL database; the server must be stopped; again = goes on
  crosschat --help · --version

Settings are read from the environment; .env.example lists them.`

const KNOWN_OPTIONS = new Set(['help', 'version', 'replace', 'to'])

/** The command line. Resolves with the exit code once the command is done; `start` resolves when the server has stopped. */
export async function main(argv: string[]): Promise<number> {
  process.umask(0o077)
  const { positionals, values } = parseArgs({
    args: argv,
    allowPositionals: true,
    strict: false,
    options: {
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
      replace: { type: 'boolean' },
      to: { type: 'string' },
    },
  })
  const command = positionals[0] ?? 'start'
  const replace = values.replace === true
  const strange = Object.keys(values).find((name) => !KNOWN_OPTIONS.has(name))
  if (strange !== undefined) return refuse(`--${strange}`)
  if (values.help) return say(USAGE)
  if (values.version) return say(version())
  if (values.replace !== undefined && (!replace || command !== 'restore')) return refuse('--replace')
  if (values.to !== undefined && (typeof values.to !== 'string' || command !== 'move')) return refuse('--to')
  try {
    if (command === 'move' && positionals.length === 1) return await moveInto(values.to ?? null)
    return await run(command, positionals.slice(1), replace)
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof Error)) throw error
    const code = error instanceof CrossChatError ? ` (${error.code})` : ''
    process.stderr.write(`${error.message}${code}\n`)
    return 1
  }
}

function run(command: string, rest: string[], replace: boolean): Promise<number> | number {
  const [name, ...more] = rest
  if (command === 'start' && name === undefined) return start()
  if (command === 'check-config' && name === undefined) return checkConfig()
  if (command === 'reset-password' && name !== undefined && more.length === 0) return resetPassword(name)
  if (command === 'backup' && name !== undefined && more.length === 0) return backup(name)
  if (command === 'restore' && name !== undefined && more.length === 0) return restore(name, replace)
  return refuse([command, ...rest].join(' '))
}

function refuse(words: string): number {
  process.stderr.write(`"${words}" is no command of crosschat, or a word is missing or too much.\n\n${USAGE}\n`)
  return 2
}

async function start(): Promise<number> {
  const sink = standardOutput()
  const crosschat = createCrossChat({ logTo: sink })
  // After all imports: a polluted prototype must not be possible in a process that stores what strangers send.
  Object.freeze(Object.prototype)
  const stopped = untilStopped({ close: () => crosschat.close(), log: crosschat.log, sink })
  const address = await crosschat.listen()
  process.stdout.write(`CrossChat listening on ${address}\n`)
  const { house } = await crosschat.parts()
  const shown = house.config.publicUrls[0] ?? address
  const opening =
    house.setupToken === null
      ? { url: `${shown}/admin/`, note: null }
      : { url: `${shown}/admin/#/setup/${house.setupToken}`, note: 'valid until an account exists' }
  process.stdout.write(openingWords(opening, process.stdout.isTTY ? process.stdout.columns : null))
  return stopped
}

function checkConfig(): number {
  const rows = describeConfig()
  const width = Math.max(...rows.map(({ name }) => name.length))
  for (const { name, value, source, meaning } of rows)
    say(`${name.padEnd(width)}  ${value || '–'}  (${source})\n${' '.repeat(width + 2)}${meaning}`)
  loadConfig()
  return say('\nThe settings fit.')
}

async function resetPassword(name: string): Promise<number> {
  const config = loadConfig()
  const stores = await openStores({ ...driverOf(config.databaseUrl), dataDir: config.dataDir, log: createLog('warn') })
  const passwords = new Passwords()
  try {
    const account = await stores.accounts.byHandle(name.normalize('NFKC').toLowerCase())
    if (account === null) throw new Error(`There is no account "${name}".`)
    const password = await readPassword()
    await stores.accounts.setPassword(account.id, await passwords.hash(password))
    return say(`The password of ${account.username} is changed; all its sessions have ended.`)
  } finally {
    await passwords.close()
    await stores.close()
  }
}

async function readPassword(): Promise<string> {
  const input = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  process.stderr.write('New password: ')
  const { value } = await input[Symbol.asyncIterator]().next()
  input.close()
  const password = typeof value === 'string' ? value : ''
  const complaint = passwordComplaint(password)
  if (complaint !== null) throw new Error(`${complaint} Nothing was changed.`)
  return password
}

function version(): string {
  const up = import.meta.url.endsWith('.ts') ? '../package.json' : '../../package.json'
  const { version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as { version: string }
  return version
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}
