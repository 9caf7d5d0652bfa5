import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SourceState } from '../../workers/followed.ts'
import { type Browser, openEngine } from '../help/browsers.ts'
import { Listener } from '../help/listener.ts'
import { Panel } from '../help/panel.ts'
import { openPanel } from '../help/panel-page.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'
import { Emotes } from '../help/stand-ins/emotes.ts'
import { Kick } from '../help/stand-ins/kick.ts'
import type { ChatStandIn } from '../help/stand-ins/stand-in.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'
import { YouTube } from '../help/stand-ins/youtube.ts'
import { tell } from '../help/tell.ts'

/** Three names typed in the panel, three lights, one chat; then everything that a platform can do wrong, one after the other. */

const test = suite('platforms')
const HASTE = '20'
const API_KEY = 'sample-key-of-a-test'
/** What is typed or pasted, by platform; the same forms that people use. */
const TYPED: Record<string, string> = {
  twitch: 'https://www.twitch.tv/Cool_Channel',
  youtube: '@coolchannel',
  kick: 'kick.com/cool_channel',
}
const EVERY_MS = 50
const NEEDS_SOMEBODY = new Set<SourceState>(['attention', 'waiting'])
const BACK_WITHIN_MS = 45_000

let chats: ChatStandIn[]
let emotes: Emotes
let server: RunningServer
let data: Awaited<ReturnType<typeof temporaryData>>
let browser: Browser
let panel: Panel
let overlay: Listener
let lights: Lights
let talk: Talk

/** Every state that the panel was told of, by platform. */
class Lights {
  readonly #listener: Listener

  constructor(listener: Listener) {
    this.#listener = listener
  }

  static async open(base: string, who: Panel): Promise<Lights> {
    const listener = new Listener(base, '/ws/panel', { Cookie: who.cookie, Origin: base })
    await listener.opened()
    listener.hello({})
    await listener.until(() => listener.welcome !== null)
    return new Lights(listener)
  }

  states(platform: string): SourceState[] {
    return this.#listener.frames.flatMap((frame) =>
      frame.type === 'status'
        ? frame.sources.filter((each) => each.platform === platform).map(({ state }) => state)
        : [],
    )
  }

  until(holds: () => boolean): Promise<void> {
    return this.#listener.until(holds, BACK_WITHIN_MS)
  }

  close(): void {
    this.#listener.close()
  }
}

/** Somebody writes on every platform all the time; each text is unique. */
class Talk {
  #said = 0
  readonly #timer: NodeJS.Timeout

  constructor(on: ChatStandIn[]) {
    this.#timer = setInterval(() => {
      this.#said++
      for (const chat of on) chat.say('Noodle_Knight', `${chat.platform} says ${this.#said}`)
    }, EVERY_MS)
  }

  get said(): number {
    return this.#said
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}

/** The numbers that the overlay was shown of one platform's talk, in order. */
function shown(platform: string): number[] {
  const words = `${platform} says `
  return overlay.events.flatMap((event) =>
    event.kind === 'message' && event.text.startsWith(words) ? [Number(event.text.slice(words.length))] : [],
  )
}

/** What only a person can mend is told as such; then somebody mends it, and has it tried again. */
async function cured({ platform, cures }: ChatStandIn, trouble: string): Promise<void> {
  const cure = cures?.[trouble]
  if (cure === undefined) return
  if (trouble !== 'split') await lights.until(() => NEEDS_SOMEBODY.has(lights.states(platform).at(-1) ?? 'live'))
  cure()
  await panel.call('POST', `/api/sources/${platform}/retry`)
}

test.before(async () => {
  chats = await Promise.all([TwitchIrc.start(0, { haste: Number(HASTE) }), YouTube.start(), Kick.start()])
  emotes = await Emotes.start()
  data = await temporaryData()
  const env = Object.assign({}, ...[...chats, emotes].map((each) => each.env)) as Record<string, string>
  server = await startServer({
    dataDir: data.path,
    env: { ...env, CROSSCHAT_HASTE: HASTE, CROSSCHAT_YOUTUBE_API_KEY: API_KEY },
  })
  browser = await openEngine('127')
  panel = await Panel.register(server.base, 'three_chats')
  overlay = await Listener.open(server.base, (await panel.overlay()).key)
  lights = await Lights.open(server.base, panel)
  talk = new Talk(chats)
})
test.after(async () => {
  talk.stop()
  lights.close()
  overlay.close()
  await browser.close()
  await server.end('SIGKILL')
  await Promise.all([...chats, emotes].map((each) => each.close()))
  await data.remove()
})

test('three names typed in the panel give three green lights and one chat', async () => {
  const page = await openPanel(browser, panel, '#/accounts', { viewport: { width: 1440, height: 900 } })
  for (const { platform } of chats) {
    const card = `.account:has(#account-${platform})`
    await page.fill(`#${platform}-channel`, TYPED[platform] ?? '')
    // What a platform offers besides webhooks is a choice of the person who connects it.
    const choice = page.locator(`${card} form > .toggle-said .toggle`)
    if ((await choice.count()) > 0) await choice.first().click()
    await page.click(`${card} button:has-text("Connect")`)
    await page.waitForSelector(`${card}[data-state=live]`, { timeout: BACK_WITHIN_MS })
  }
  await overlay.until(() => chats.every(({ platform }) => shown(platform).length > 0))
  await page.close()
})

for (const platform of ['twitch', 'youtube', 'kick']) {
  test(`brings ${platform}’s chat and its green light back, whatever it does wrong`, async () => {
    const chat = chats.find((each) => each.platform === platform)
    assert.ok(chat)
    for (const [name, act] of Object.entries(chat.troubles)) {
      const before = lights.states(platform).length
      const from = talk.said
      act()
      await cured(chat, name)
      // The light is green again, and something that was written after the trouble is on air.
      await overlay.until(() => shown(platform).some((said) => said > from + 1), BACK_WITHIN_MS)
      await lights.until(() => lights.states(platform).at(-1) === 'live')
      const passed = [...new Set(lights.states(platform).slice(before))]
      tell(`${platform} ${name}: ${passed.join(', ') || 'live'}`)
    }
  })
}

test('shows nothing twice and everything of one platform in order, through all of it', () => {
  for (const { platform } of chats) {
    const numbers = shown(platform)
    assert.equal(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
    )
    tell(`${platform}: ${numbers.length} of ${talk.said} shown, none twice`)
  }
})

test.run()
