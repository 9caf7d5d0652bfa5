import { newSecret } from '../auth/ids.ts'
import { digestOf, RESET_LINK_MS, type ResetLinking } from '../auth/reset-links.ts'
import type { Log } from '../log.ts'
import type { Link } from './link.ts'
import { textOf } from './reply.ts'
import { Script } from './script.ts'

const PREFIX = 'crosschat:reset:'

/** KEYS what the account has, ARGV prefix digest account lasts-ms. The link before it is dead. */
const MAKE = new Script(`
local before = redis.call('GET', KEYS[1])
if before then redis.call('DEL', ARGV[1] .. before) end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4])
redis.call('SET', ARGV[1] .. ARGV[2], ARGV[3], 'PX', ARGV[4])
return 1
`)

/** KEYS link → whose it was; of two who come at once, one alone. */
const USE = new Script(`
local account = redis.call('GET', KEYS[1])
redis.call('DEL', KEYS[1])
return account
`)

/** KEYS what the account has, ARGV prefix. */
const FORGET = new Script(`
local before = redis.call('GET', KEYS[1])
if before then redis.call('DEL', ARGV[1] .. before, KEYS[1]) end
return 1
`)

/** Links for a new password that open on every node, whichever made them. Redis has their digests, and ends them. */
export class SharedResetLinks implements ResetLinking {
  readonly #link: Link
  readonly #log: Log

  constructor(link: Link, log: Log) {
    this.#link = link
    this.#log = log
  }

  async make(accountId: string): Promise<{ token: string; until: number }> {
    const token = newSecret()
    const until = Date.now() + RESET_LINK_MS
    const args = [PREFIX, digestOf(token), accountId, String(RESET_LINK_MS)]
    await this.#link.run(MAKE, [ofAccount(accountId)], args)
    return { token, until }
  }

  async look(token: string): Promise<string | null> {
    return textOf(await this.#link.ask(['GET', PREFIX + digestOf(token)])) || null
  }

  async use(token: string): Promise<string | null> {
    return textOf(await this.#link.run(USE, [PREFIX + digestOf(token)], [])) || null
  }

  async forget(accountId: string): Promise<void> {
    await this.#link.run(FORGET, [ofAccount(accountId)], [PREFIX]).catch((error: unknown) => {
      // Whoever forgets a link removes its account; one that opens no account changes nothing, and ends within the hour.
      this.#log.info({ err: error, account: accountId }, 'a link for a new password could not be taken back')
    })
  }
}

const ofAccount = (accountId: string) => `crosschat:reset-of:${accountId}`
