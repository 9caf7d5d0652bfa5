import { lookOf } from '../server/look-themes.ts'
import type { About } from '../server/protocol.ts'
import { SCRIPT } from './demo-script.ts'
import { followEditor } from './preview.ts'
import { type DemoEnds, Show } from './show.ts'

/** Invented chat, made on the page: a theme can be tried without key, account or server. */

/** Plays until the page closes. */
export async function playDemo(ends: DemoEnds): Promise<void> {
  const show = new Show(await fetchPlatforms(), ends.receive)
  if (ends.key !== '') return followEditor(ends, show)
  show.open(lookOf({}), ends.still ? SCRIPT.length : undefined)
  ends.connected('live', 'demo')
  if (!ends.still) show.play()
}

async function fetchPlatforms(): Promise<About[]> {
  try {
    const answer = await fetch(__PLATFORMS__)
    const platforms: About[] = await answer.json()
    return platforms
  } catch {
    return []
  }
}
