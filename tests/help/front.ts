import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_EVERY_MS = 20

/** A program in front of servers, as it is told by files. */
export interface FrontOptions {
  program: string
  words: string[]
  /** Its folder: made, with these files in it. */
  home: string
  files: Record<string, string>
  port: number
}

/** Resolves once it listens; rejects with what it said when it ends before. */
export async function startFront({ program, words, home, files, port }: FrontOptions): Promise<ChildProcess> {
  await mkdir(home)
  for (const [name, content] of Object.entries(files)) await writeFile(join(home, name), content)
  const env = { PATH: process.env.PATH, HOME: home }
  const child = spawn(program, words, { cwd: home, env, stdio: ['ignore', 'ignore', 'pipe'] })
  const said = text(child.stderr)
  const ended = once(child, 'exit').then(async () => Promise.reject(new Error(`${program} ended.\n${await said}`)))
  // Later, when it is told to.
  ended.catch(() => {})
  await Promise.race([listens(port), ended])
  return child
}

async function listens(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1')
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (open) return
    await sleep(LOOK_EVERY_MS)
  }
}
