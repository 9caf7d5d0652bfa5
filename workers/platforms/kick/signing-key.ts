import { createPublicKey, type KeyObject } from 'node:crypto'
import { fetchText, OutsideError } from '../../fetching.ts'
import { filled, isObject, shaped } from '../../foreign.ts'
import type { Ground } from '../platform.ts'
import type { KeyAnswer } from './payload.ts'

/** A delivery waits at most so long for the key. Not shortened with other waits: it is a bound, nobody waits it out. */
export const KEY_WITHIN_MS = 3_000
/** A key that was fetched is asked for again after so long, without anybody waiting for it. */
export const KEY_GOOD_FOR_MS = 6 * 3_600_000
/** Kick is asked at most this often, whatever is sent to us. */
export const ASK_AT_MOST_EVERY_MS = 60_000
const MIN_KEY_BITS = 2_048

/** As Kick's documentation prints it; used until its address has answered. */
export const BUNDLED_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq/+l1WnlRrGSolDMA+A8
6rAhMbQGmQ2SapVcGM3zq8ANXjnhDWocMqfWcTd95btDydITa10kDvHzw9WQOqp2
MZI7ZyrfzJuz5nhTPCiJwTwnEtWft7nV14BYRDHvlfqPUaZ+1KR4OCaO/wWIk/rQ
L/TjY0M70gse8rlBkbo2a8rKhu69RQTRsoaf4DVhDPEeSeI5jVrRDGAMGL3cGuyY
6CLKGdjVEM78g3JfYOvDU/RvfqD7L89TZ3iN94jrmWdGz34JNlEI5hqK8dd7C5EF
BEbZ5jgB8s8ReQV8H+MkuffjdAj3ajDDX3DOJMIut1lBrUVD1AaSrGCKHooWoL2e
twIDAQAB
-----END PUBLIC KEY-----`

/** The key with which Kick signs, one for all channels. */
export class SigningKey {
  readonly #ground: Ground
  #key: KeyObject
  #fetched = false
  #askedAt = Number.NEGATIVE_INFINITY
  #asking: Promise<void> | null = null
  #first: Promise<void> | null = null

  constructor(ground: Ground, bundled = BUNDLED_KEY) {
    this.#ground = ground
    this.#key = createPublicKey(bundled)
  }

  /** Only the very first caller, and who comes meanwhile, waits for Kick. */
  async current(): Promise<KeyObject> {
    this.#first ??= this.#ask()
    await this.#first
    if (this.#since() >= this.#ground.ms(this.#fetched ? KEY_GOOD_FOR_MS : ASK_AT_MOST_EVERY_MS)) void this.#ask()
    return this.#key
  }

  /** For a signature that does not fit: asks Kick, unless it has just been asked, and gives the key that holds then. */
  async again(): Promise<KeyObject> {
    if (this.#asking !== null || this.#since() >= this.#ground.ms(ASK_AT_MOST_EVERY_MS)) await this.#ask()
    return this.#key
  }

  #since(): number {
    return this.#ground.steady() - this.#askedAt
  }

  /** One question at a time, however many wait for its answer. */
  #ask(): Promise<void> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = null
    })
    return this.#asking
  }

  /** Never rejects: without an answer the key before it goes on. */
  async #fetch(): Promise<void> {
    this.#askedAt = this.#ground.steady()
    try {
      const { status, text } = await fetchText(this.#ground.settings.kickPublicKeyUrl ?? '', { within: KEY_WITHIN_MS })
      const key = status === 200 ? keyIn(text) : undefined
      if (key === undefined) return
      this.#key = key
      this.#fetched = true
    } catch (error) {
      if (!(error instanceof OutsideError)) throw error
    }
  }
}

/** The key in an answer `{ data: { public_key } }`, or in one that is nothing but a PEM. */
function keyIn(text: string): KeyObject | undefined {
  const pem = text.startsWith('-----BEGIN') ? text : filled(shaped<KeyAnswer>(dataIn(text)).public_key)
  if (pem === undefined) return undefined
  try {
    const key = createPublicKey(pem)
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    return key.asymmetricKeyType === 'rsa' && bits >= MIN_KEY_BITS ? key : undefined
  } catch {
    return undefined
  }
}

function dataIn(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text)
    return isObject(answer) ? shaped<KeyAnswer>(answer).data : undefined
  } catch {
    return undefined
  }
}
