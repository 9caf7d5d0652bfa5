import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** Resolves when it is gone. SIGKILL ends one that is stopped, too. */
export async function endChild(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
