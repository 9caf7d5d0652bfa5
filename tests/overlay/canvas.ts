import type { Theme } from '../../server/look.ts'
import { themes } from '../../server/look.ts'
import type { ChatEvent } from '../../server/protocol.ts'
import type { Browser, Page } from '../help/browsers.ts'
import { type Act, acts, crowd, FEATURED, SCENES } from './acts.ts'
import { type Backdrop, backdrops, putBehind } from './backdrops.ts'
import { clear } from './samples.ts'
import { allLoaded, openTheme } from './sheet.ts'
import type { StandIn } from './stand-in.ts'

/** The overlay as large as the picture it lies over, 16:9 and 9:16, in acts. */

const WIDE = { width: 1920, height: 1080 }
const TALL = { width: 1080, height: 1920 }
/** Seen around the list in a picture of it. */
const AROUND_PX = 12

export interface Area {
  x: number
  y: number
  width: number
  height: number
}
export interface Scene {
  theme: Theme
  act: Act | 'crowd'
  /** None where the theme brings its own. */
  backdrop: Backdrop | 'none'
  area: Area
  picture: Buffer
}
type Look = (page: Page, scene: Scene) => Promise<void>

/** Which acts are seen: all of them over every backdrop, or each one `every` so many, from the `first` on. */
export type Choice = 'all' | { first: number; every: number }

/** One page a theme. Unless all is chosen, each theme has other acts, each over one backdrop, so that all meet in the end. */
export async function eachScene(browser: Browser, server: StandIn, choice: Choice, look: Look): Promise<void> {
  const all = choice === 'all'
  for (const [t, theme] of themes().entries()) {
    // What was played for the theme before would be known, and not be shown again.
    server.log = []
    const page = await openTheme(browser, server, theme, WIDE)
    for (const [a, act] of acts.entries()) {
      if (choice !== 'all' && (t + a) % choice.every !== choice.first) continue
      await play(page, server, SCENES[act](), FEATURED[act])
      for (const backdrop of chosen(theme, t + a, all)) await see(page, { theme, act, backdrop }, look)
    }
    await page.setViewportSize(TALL)
    await play(page, server, crowd())
    for (const backdrop of chosen(theme, t, false)) await see(page, { theme, act: 'crowd', backdrop }, look)
    await page.close()
  }
}

function chosen(theme: Theme, turn: number, all: boolean): readonly Scene['backdrop'][] {
  if (theme === 'chroma') return ['none']
  return all ? backdrops : [backdrops[turn % backdrops.length] ?? 'snow']
}

async function play(page: Page, server: StandIn, events: ChatEvent[], held?: string): Promise<void> {
  server.publish(clear('panel', { id: `clear-${server.seq}` }))
  server.publish(...events)
  // Only what stands there already keeps its place when it is featured.
  await page.waitForFunction((id) => document.querySelector(`[data-id="${id}"]`), events.at(-1)?.id)
  const event = server.log.find((each) => each.id === held)
  server.send({ type: 'featured', event: event?.kind === 'message' ? event : null })
  if (held) await page.waitForFunction(() => document.querySelector('[data-featured]'))
  await allLoaded(page)
}

async function see(page: Page, what: Pick<Scene, 'theme' | 'act' | 'backdrop'>, look: Look): Promise<void> {
  if (what.backdrop !== 'none') await putBehind(page, what.backdrop)
  const area = await page.evaluate(listArea, AROUND_PX)
  await look(page, { ...what, area, picture: await page.screenshot({ clip: area }) })
}

/** Runs in the page: where the list is, in whole pixels. */
function listArea(around: number): Area {
  const box = document.querySelector('.cc-feed')?.getBoundingClientRect()
  const [x, y] = [Math.max(0, Math.floor((box?.left ?? 0) - around)), Math.max(0, Math.floor((box?.top ?? 0) - around))]
  const right = Math.min(innerWidth, Math.ceil((box?.right ?? 0) + around))
  const bottom = Math.min(innerHeight, Math.ceil((box?.bottom ?? 0) + around))
  return { x, y, width: right - x, height: bottom - y }
}
