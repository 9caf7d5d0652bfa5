import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const ENTRY = fileURLToPath(new URL('../../dist/server/index.js', import.meta.url))

export interface Ran {
  code: number | null
  said: string
  complained: string
}

/** Runs a command of the built CrossChat that ends by itself. */
export async function crosschat(words: string[], env: Record<string, string>, input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [ENTRY, ...words], { env: { PATH: process.env.PATH, PORT: '0', ...env } })
  child.stdin.end(input)
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, said, complained }
}
