import { readFile } from 'node:fs/promises'
import type { PlatformsView } from '../../server/api/sources.ts'
import type { ServerFrame, SourceView } from '../../server/protocol.ts'
import type {
  Browser,
  BrowserContextOptions,
  Frame,
  Page,
  WebSocketRoute,
} from '../browsers/node_modules/playwright-core/index.js'
import { axePath, openPage } from './browsers.ts'
import type { Panel } from './panel.ts'

export interface PanelPageOptions extends BrowserContextOptions {
  theme?: 'dark' | 'light'
  /** What the page is told of its sources instead of what the server says. */
  told?: Told
  /** Done to the page before it is opened. */
  before?: (page: Page) => Promise<void>
}

/** The panel's page as somebody who is signed in sees it. */
export async function openPanel(
  browser: Browser,
  panel: Panel,
  hash: string,
  { theme = 'dark', told, before, ...options }: PanelPageOptions = {},
): Promise<Page> {
  const page = await openPage(browser, options)
  const cookies = panel.cookie
    .split('; ')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: panel.base }
    })
  await page.context().addCookies(cookies)
  await page.addInitScript({
    // Not in the preview's frame, which is of no origin and has no storage.
    content: `if (top === self) localStorage.setItem('crosschat.theme', '${theme}')`,
  })
  await told?.tellTo(page)
  await before?.(page)
  await page.goto(`${panel.base}/admin/${hash}`)
  return page
}

/** The overlay's page in the editor, once it shows something. */
export async function previewOf(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('#preview', { state: 'attached' })
  const frame = await element.contentFrame()
  if (frame === null) throw new Error('The preview is no frame.')
  await frame.waitForSelector('ol.cc-feed[data-state=live] li', { state: 'attached' })
  return frame
}

/** Tells the panel of made-up sources: in the frames of its socket, and where it asks for them. Everything else is the server's. */
export class Told {
  views: SourceView[]
  /** Changes what the platforms say of themselves. */
  platforms: (view: PlatformsView) => PlatformsView = (view) => view
  /** Bodies of the changes that were asked for; they are answered with the source as it is told. */
  readonly asked: { method: string; path: string; body: unknown }[] = []
  #socket: WebSocketRoute | null = null

  constructor(views: SourceView[]) {
    this.views = views
  }

  async tellTo(page: Page): Promise<void> {
    await page.routeWebSocket('**/ws/panel', (socket) => {
      this.#socket = socket
      const server = socket.connectToServer()
      server.onMessage((text) => socket.send(this.#changed(String(text))))
    })
    await page.route('**/api/platforms', async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, json: this.platforms(await answer.json()) })
    })
    await page.route('**/api/sources**', (route) => route.fulfill({ json: { items: this.views } }))
    await page.route('**/api/sources/**', (route) => {
      const request = route.request()
      const path = new URL(request.url()).pathname
      this.asked.push({ method: request.method(), path, body: request.postDataJSON() })
      const view = this.views.find(({ platform }) => path.endsWith(`/${platform}`))
      return route.fulfill({ json: request.method() === 'PUT' ? view : { items: this.views } })
    })
  }

  /** As the server does when something changes. */
  tell(views: SourceView[]): void {
    this.views = views
    this.#socket?.send(JSON.stringify({ type: 'status', overlays: [], messages: 0, lastAt: null, sources: views }))
  }

  #changed(text: string): string {
    const frame: ServerFrame = JSON.parse(text)
    return frame.type === 'status' ? JSON.stringify({ ...frame, sources: this.views }) : text
  }
}

/** In which palette and at which widths a screen is looked at: what a width folds away is the same in both palettes. */
export const LOOKED_AT = { dark: [1_440, 320], light: [768] } as const
export type Palette = keyof typeof LOOKED_AT
/** One after the other. */
export const LOOKS = (Object.keys(LOOKED_AT) as Palette[]).flatMap((theme) =>
  LOOKED_AT[theme].map((width) => ({ theme, width })),
)

interface Violation {
  id: string
  help: string
  nodes: { target: string[] }[]
}

/**
 * What moves comes to rest: text that still fades in has less contrast than it will have. What comes in behind it is waited for once; what
 * moves for ever, or again and again, is not.
 */
function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const moving = () =>
      document
        .getAnimations()
        .filter(({ effect, playState }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
    for (let times = 0; times < 2; times++) await Promise.allSettled(moving().map(({ finished }) => finished))
  })
}

/** What axe-core finds wrong once all stands still; the page's policy lets no script tag in, so it is run as it stands. */
export async function violations(page: Page): Promise<string[]> {
  await atRest(page)
  const there = await page.evaluate(() => 'axe' in globalThis)
  if (!there) await page.evaluate(await readFile(axePath(), 'utf8'))
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(how: object): Promise<{ violations: Violation[] }> } }
    // Every rule is looked at; what passed is not written out.
    const found = await axe.run({ reporter: 'no-passes' })
    return found.violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.target.join(' ')})`)
  })
}

/** By how much the page is wider than its window, px. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.getElementById('main')
    const page = document.documentElement
    return Math.max((main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0), page.scrollWidth - page.clientWidth)
  })
}
