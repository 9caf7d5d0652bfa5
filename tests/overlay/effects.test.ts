import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ChosenSettings, SettingName } from '../../server/look.ts'
import { settingNames } from '../../server/look.ts'
import { buildOf } from '../../server/middleware/files.ts'
import type { ChatEvent } from '../../server/protocol.ts'
import type { Browser, Engine, Page } from '../help/browsers.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { tell } from '../help/tell.ts'
import { AVATAR, emote, person, words } from './cast.ts'
import { message, NOW, notice } from './samples.ts'
import { PAGES, StandIn } from './stand-in.ts'

/** Every setting changes the picture: for each, what is measured in the built page before and after it is set. */

interface Effect {
  change: ChosenSettings
  /** What is looked at. */
  what: string
  /** Runs in the page. */
  measure: () => unknown
  /** What stands chosen before. */
  before?: ChosenSettings
  /** What is said after the setting has changed. */
  said?: () => ChatEvent[]
  /** Measured when the page is opened anew with the setting. */
  opened?: true
}

const PEOPLE: ChatEvent[] = [
  message('plain', {
    author: person('Ada', '#0000ff'),
    text: 'some plain words that go on for more than a line of chat',
  }),
  message('again', { author: person('Ada', '#0000ff'), text: 'and more' }),
  message('hello', {
    author: person('Bo', '#ff9d00', ['mod', 'vip', 'sub'], { avatar: AVATAR }),
    text: 'hello cool_channel',
  }),
  message('short', { author: person('Cy'), text: 'k' }),
  message('long', { author: person('averyveryverylongusername_that_goes_on'), text: `${'long words '.repeat(40)}end` }),
  message('link', {
    author: person('Di'),
    parts: [words('see '), { type: 'link', text: 'https://a.example', url: 'https://a.example' }],
    text: 'see https://a.example',
  }),
  message('emote', { author: person('Ed'), parts: [words('hi '), emote('Hype')], text: 'hi Hype' }),
  message('alone', { author: person('Fi'), parts: [emote('Hype')], text: 'Hype' }),
  message('first', { author: person('Gus'), text: 'new here', first: true }),
  message('kick', { platform: 'kick', author: person('Hal'), text: 'from elsewhere' }),
  message('command', { author: person('Ida'), text: '!help' }),
  message('bot', { author: person('Robo', undefined, ['bot']), text: 'beep' }),
  message('sim', { author: person('Jo'), text: 'pretended', simulated: true }),
  notice('raid', 'raid', 'Kim is raiding with 5 viewers', { author: person('Kim') }),
  notice('follow', 'follow', 'Lu followed', { author: person('Lu') }),
]

const style = (selector: string, property: string) =>
  new Function(
    `return getComputedStyle(document.querySelector(${JSON.stringify(selector)})).getPropertyValue(${JSON.stringify(property)})`,
  ) as () => unknown
const text = (selector: string) =>
  new Function(`return document.querySelector(${JSON.stringify(selector)})?.textContent ?? null`) as () => unknown
const count = (selector: string) =>
  new Function(`return document.querySelectorAll(${JSON.stringify(selector)}).length`) as () => unknown
const box = (selector: string, side: string) =>
  new Function(
    `return Math.round(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect()[${JSON.stringify(side)}])`,
  ) as () => unknown

const fresh = () => [message(`fresh-${Math.random()}`, { text: 'fresh', receivedAt: NOW })]
const burst = () => Array.from({ length: 12 }, (_, i) => message(`burst-${i}`))
const enters = style('.cc-msg[data-enter]', 'animation-name')
const SLIDES: ChosenSettings = { animationIn: 'slide' }
const featuredEvent = message('plain')

const EFFECTS: Readonly<Record<SettingName, Effect>> = {
  theme: {
    change: { theme: 'bubbles' },
    what: 'corner of a message',
    measure: style('.cc-msg', 'border-top-left-radius'),
  },
  fontFamily: { change: { fontFamily: 'nunito' }, what: 'face', measure: style('.cc-feed', 'font-family') },
  fontSize: { change: { fontSize: 40 }, what: 'letters', measure: style('.cc-feed', 'font-size') },
  fontWeight: { change: { fontWeight: 800 }, what: 'weight', measure: style('.cc-text', 'font-weight') },
  lineHeight: { change: { lineHeight: 1.8 }, what: 'line', measure: style('.cc-feed', 'line-height') },
  scale: { change: { scale: 1.5 }, what: 'letters', measure: style('.cc-feed', 'font-size') },
  textColor: { change: { textColor: '#ffcc00' }, what: 'words', measure: style('.cc-text', 'color') },
  nameColor: { change: { nameColor: 'original' }, what: 'name', measure: style('.cc-name', 'color') },
  nameColorCustom: {
    before: { nameColor: 'custom' },
    change: { nameColorCustom: '#00ffcc' },
    what: 'name',
    measure: style('.cc-name', 'color'),
  },
  outlineWidth: { change: { outlineWidth: 4 }, what: 'shadows of letters', measure: style('.cc-line', 'text-shadow') },
  outlineColor: {
    change: { outlineColor: '#3311aa' },
    what: 'shadows of letters',
    measure: style('.cc-line', 'text-shadow'),
  },
  shadow: { change: { shadow: 'strong' }, what: 'shadows of letters', measure: style('.cc-line', 'text-shadow') },
  panelColor: { change: { panelColor: '#202040' }, what: 'box', measure: style('[data-id=raid]', 'background-color') },
  panelOpacity: { change: { panelOpacity: 100 }, what: 'box', measure: style('[data-id=raid]', 'background-color') },
  radius: { change: { radius: 30 }, what: 'corner', measure: style('[data-id=raid]', 'border-top-left-radius') },
  gap: { change: { gap: 30 }, what: 'height of the list', measure: box('.cc-msg', 'top') },
  edge: { change: { edge: 60 }, what: 'left of the words', measure: box('[data-id=raid]', 'left') },
  maxWidth: { change: { maxWidth: 300 }, what: 'width', measure: box('.cc-feed', 'width') },
  align: { change: { align: 'right' }, what: 'left of a name', measure: box('[data-id=short] .cc-name', 'left') },
  anchor: { change: { anchor: 'top' }, what: 'top of the newest', measure: box('.cc-msg:last-child', 'top') },
  direction: { change: { direction: 'rtl' }, what: 'left of a name', measure: box('[data-id=short] .cc-name', 'left') },
  fadeEdge: { change: { fadeEdge: 0 }, what: 'mask', measure: style('.cc-feed', '-webkit-mask-image') },
  maxMessages: { change: { maxMessages: 3 }, what: 'messages', measure: count('.cc-msg') },
  lifetime: { change: { lifetime: 1 }, what: 'messages', measure: count('[data-id=short]') },
  animationIn: { before: SLIDES, change: { animationIn: 'pop' }, what: 'animation', measure: enters, said: fresh },
  animationOut: {
    before: { lifetime: 0 },
    change: { animationOut: 'none' },
    what: 'time of going',
    measure: style(':root', '--cc-out'),
  },
  animationMs: {
    before: SLIDES,
    change: { animationMs: 500 },
    what: 'time of coming',
    measure: style('.cc-msg[data-enter]', 'animation-duration'),
    said: fresh,
  },
  ratePerSecond: {
    before: { ratePerSecond: 30 },
    change: { ratePerSecond: 1 },
    what: 'of 12 at once',
    measure: count('[data-id^=burst]'),
    said: burst,
  },
  platforms: { change: { platforms: ['kick'] }, what: 'messages', measure: count('.cc-msg') },
  showPlatform: { change: { showPlatform: 'none' }, what: 'marks', measure: count('.cc-platform') },
  showBadges: { change: { showBadges: 'text' }, what: 'badges', measure: text('[data-id=hello] .cc-badge') },
  maxBadges: { change: { maxBadges: 1 }, what: 'badges', measure: count('[data-id=hello] .cc-badge') },
  showAvatars: { change: { showAvatars: true }, what: 'avatars', measure: count('.cc-avatar') },
  showTimestamps: { change: { showTimestamps: '24h' }, what: 'time', measure: text('.cc-time') },
  separator: {
    change: { separator: 'newline' },
    what: 'left of words',
    measure: box('[data-id=short] .cc-text', 'left'),
  },
  nameMax: { change: { nameMax: 10 }, what: 'name', measure: text('[data-id=long] .cc-name') },
  textMax: { change: { textMax: 20 }, what: 'words', measure: text('[data-id=long] .cc-text') },
  maxLines: { change: { maxLines: 2 }, what: 'height', measure: box('[data-id=long]', 'height') },
  emotes: {
    change: { emotes: 'static' },
    what: 'address',
    measure: new Function("return document.querySelector('.cc-emote').src") as () => unknown,
  },
  emoteSize: { change: { emoteSize: 2 }, what: 'height', measure: box('[data-id=emote] .cc-emote', 'height') },
  bigEmotes: { change: { bigEmotes: false }, what: 'height', measure: box('[data-id=alone] .cc-emote', 'height') },
  thirdPartyEmotes: { change: { thirdPartyEmotes: ['bttv'] }, what: 'emotes', measure: count('.cc-emote') },
  events: {
    before: { events: ['raid'] },
    change: { events: ['raid', 'follow'] },
    what: 'follows',
    measure: count('[data-what=follow]'),
    said: () => [notice('follow-2', 'follow', 'Mo followed')],
  },
  highlightFirst: { change: { highlightFirst: false }, what: 'cards', measure: count('[data-id=first][data-card]') },
  highlightMentions: {
    change: { highlightMentions: ['plain'] },
    what: 'lit up',
    measure: new Function(
      "return [...document.querySelectorAll('[data-mentioned]')].map((row) => row.dataset.id).join()",
    ) as () => unknown,
  },
  groupSameUser: {
    change: { groupSameUser: true },
    what: 'shown names',
    measure: style('[data-id=again] .cc-head', 'display'),
  },
  featured: {
    before: { featured: 'inline' },
    change: { featured: 'panel' },
    what: 'boxes',
    measure: count('.cc-featured'),
  },
  background: { change: { background: '#00ff00' }, what: 'page', measure: style(':root', 'background-color') },
  backlog: { change: { backlog: 5 }, what: 'messages', measure: count('.cc-msg'), opened: true },
  reducedMotion: {
    before: SLIDES,
    change: { reducedMotion: 'none' },
    what: 'animation',
    measure: enters,
    said: fresh,
  },
  delaySeconds: {
    change: { delaySeconds: 30 },
    what: 'said just now',
    measure: count('[data-id=now]'),
    said: () => [message('now')],
  },
  hideCommands: {
    change: { hideCommands: true },
    before: { hideCommands: false },
    what: 'commands',
    measure: count('[data-id=command]'),
  },
  hideBots: { change: { hideBots: true }, before: { hideBots: false }, what: 'bots', measure: count('[data-id=bot]') },
  hideLinks: { change: { hideLinks: 'show' }, what: 'link', measure: text('.cc-link') },
  hideUsers: { change: { hideUsers: ['ADA'] }, what: 'messages', measure: count('[data-id=plain]') },
  onlyRoles: { change: { onlyRoles: ['mod'] }, what: 'messages', measure: count('[data-id=plain]') },
  minLength: { change: { minLength: 3 }, what: 'short ones', measure: count('[data-id=short]') },
  simulated: { change: { simulated: false }, what: 'simulated', measure: count('[data-id=sim]') },
  customCss: {
    change: { customCss: '.cc-name { letter-spacing: 9px }' },
    what: 'letters',
    measure: style('.cc-name', 'letter-spacing'),
  },
}
/** As a server does. */
const BEAT_EVERY_MS = 10_000
const FREE: ChosenSettings = { ratePerSecond: 1_000, maxMessages: 100, hideCommands: true, animationIn: 'none' }

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite<{ browser: Browser; server: StandIn; page: Page; plain: Page; plainServer: StandIn }>(
    `overlay/effects in Chromium ${engine}`,
  )
  test.before(async (context) => {
    context.browser = await openEngine(engine)
    context.server = await startStandIn()
    context.page = await openStage(context.browser)
    context.plainServer = await startStandIn()
    context.plain = await openStage(context.browser)
    await show(context.plain, context.plainServer, {}, {})
  })
  // A page that hears nothing for long takes its line for dead.
  let beating: NodeJS.Timeout | undefined
  test.before(({ plainServer }) => {
    beating = setInterval(() => plainServer.send({ type: 'beat', seq: plainServer.seq }), BEAT_EVERY_MS)
  })
  test.after(async ({ browser, server, plainServer }) => {
    clearInterval(beating)
    await browser.close()
    await Promise.all([server.close(), plainServer.close()])
  })

  test('every setting has an effect that is measured', () => {
    assert.equal(Object.keys(EFFECTS).sort(), settingNames().sort())
  })

  for (const [name, effect] of Object.entries(EFFECTS)) {
    test(`${name} changes the picture`, async ({ page, server, plain }) => {
      if (!isPlain(effect)) await show(page, server, effect, {})
      const before = await (isPlain(effect) ? plain : page).evaluate(effect.measure)
      await show(page, server, effect, effect.change)
      const after = await page.evaluate(effect.measure)
      assert.is.not(JSON.stringify(after), JSON.stringify(before))
      if (engine === '103')
        tell(
          `${name} ${JSON.stringify(Object.values(effect.change)[0])}: ${effect.what} ${short(before)} → ${short(after)}`,
        )
    })
  }
  test.run()
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="#0a0"/></svg>'

async function startStandIn(): Promise<StandIn> {
  const server = await StandIn.start()
  server.names = ['cool_channel']
  // A page that hears of another build than its own loads anew when it is a minute old, and has no rows then.
  server.build = buildOf(PAGES)
  return server
}

async function openStage(browser: Browser): Promise<Page> {
  const page = await openPage(browser, { viewport: { width: 640, height: 2_400 } })
  await page.addInitScript(noteBeats)
  await page.route(/cdn\.7tv\.app|files\.kick\.com/, (route) =>
    route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }),
  )
  return page
}

type Setup = Partial<Pick<Effect, 'before' | 'said' | 'opened'>>

/** What is looked at before such a setting is changed is the same for all: one page shows it to them all. */
const isPlain = ({ before, said, opened }: Setup): boolean => !before && !said && !opened

/** In a page opened for it alone, so that nothing of the setting before is left. */
async function show(page: Page, server: StandIn, effect: Setup, change: ChosenSettings): Promise<void> {
  const chosen = { ...FREE, ...effect.before, ...change }
  server.log = []
  server.seq = 0
  server.epoch = `epoch-${Math.random()}`
  server.featured = effect.before?.featured ? { ...featuredEvent, seq: 1 } : null
  server.settings = chosen
  if (effect.opened) server.publish(...PEOPLE)
  const welcomed = server.welcomed()
  await page.goto('about:blank')
  await page.goto(server.page())
  await welcomed
  await page.waitForFunction(() => document.querySelector('.cc-feed')?.getAttribute('data-state') === 'live')
  if (!effect.opened) server.publish(...PEOPLE)
  if (effect.said) server.publish(...effect.said())
  await settled(page, server, change)
}

/** Notes when the page has heard a beat: whatever was sent before has then been taken in. */
function noteBeats(): void {
  const Real = WebSocket
  window.WebSocket = class extends Real {
    constructor(...how: ConstructorParameters<typeof WebSocket>) {
      super(...how)
      this.addEventListener('message', ({ data }) => {
        if (String(data).includes('"beat"')) document.documentElement.dataset.beat = ''
      })
    }
  }
}

/** Drawn, and long enough for what is asked on demand; with a lifetime, for the least that any message gets. */
async function settled(page: Page, server: StandIn, { lifetime = 0 }: ChosenSettings): Promise<void> {
  server.send({ type: 'beat', seq: server.seq })
  await page.waitForFunction(() => document.documentElement.dataset.beat === '')
  await page.evaluate(() => document.fonts.ready.then(() => true))
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  await page.waitForTimeout(lifetime > 0 ? 5_500 : 120)
}

const short = (value: unknown) => {
  const shown = JSON.stringify(value) ?? 'nothing'
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown
}
