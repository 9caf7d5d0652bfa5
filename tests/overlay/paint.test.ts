import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Row } from '../../overlay/life.ts'
import type { Drawable } from '../../overlay/words.ts'
import type { ChosenSettings } from '../../server/look.ts'
import { DEFAULT_SETTINGS } from '../../server/look-defaults.ts'
import type { ChatEvent } from '../../server/protocol.ts'
import { type Browser, type Engine, engines, openEngine, openPage, type Page } from '../help/browsers.ts'
import { AVATAR, cast, emote, person, words } from './cast.ts'
import type * as Stage from './paint-stage.ts'
import { about, message } from './samples.ts'

/** What the overlay draws with, held against preact, whose place it takes. */

declare const own: typeof Stage
declare const preact: typeof Stage

const BADGES = 'https://static-cdn.jtvnw.net/badges/v1'
const SCENES = 150
const SEED = 7
const LOOKS: readonly ChosenSettings[] = [
  {},
  { showPlatform: 'dot', showBadges: 'text', separator: 'newline', groupSameUser: true },
  { showPlatform: 'none', showBadges: 'none', showAvatars: true, featured: 'panel', direction: 'rtl' },
  { emotes: 'text', maxBadges: 1, nameColor: 'platform', nameMax: 6, featured: 'off', theme: 'ticker' },
]

interface Context {
  browser: Browser
  page: Page
}

for (const engine of engines) describe(engine)

function describe(engine: Engine): void {
  const test = suite<Context>(`overlay/paint in Chromium ${engine}`)

  test.before(async (context) => {
    context.browser = await openEngine(engine)
    context.page = await openPage(context.browser)
    await context.page.route('https://**', (route) => route.abort())
    await context.page.addScriptTag({ content: await bundle('own', { preact: './overlay/paint.ts' }) })
    await context.page.addScriptTag({ content: await bundle('preact', {}) })
  })
  test.after(({ browser }) => browser.close())

  test('draws what preact draws, and keeps the rows that preact keeps', async ({ page }) => {
    const drawn = await page.evaluate(
      async (states) => ({ own: await own.play(states), preact: await preact.play(states) }),
      scenes(),
    )
    assert.is(drawn.own.length, SCENES)
    for (const [i, { tree, nodes }] of drawn.own.entries()) {
      assert.is(tree, drawn.preact[i]?.tree, `scene ${i}`)
      assert.is(nodes, drawn.preact[i]?.nodes, `scene ${i}`)
    }
  })

  test('moves no row but what changes its place', async ({ page }) => {
    const lists = ['', 'abcd', 'bcde', 'bxcde', 'bcdex', 'xbcde', 'cdeb', 'dec', '']
    const moved = await page.evaluate((each) => own.moves(document.body, each), lists)
    assert.equal(moved, ['', 'abcd', 'e', 'x', 'x', 'x', 'b', 'c', ''])
  })

  test('draws no tag of what only looks like one', async ({ page }) => {
    const sent = JSON.stringify({ type: 'img', props: { src: 'x' }, inside: [], constructor: null })
    assert.is(await page.evaluate((text) => own.forged(document.body, text), sent), '<p>[object Object]</p>')
  })

  test.run()
}

async function bundle(globalName: string, alias: Record<string, string>): Promise<string> {
  const { outputFiles } = await build({
    ...{ entryPoints: ['tests/overlay/paint-stage.ts'], bundle: true, format: 'iife', target: 'chrome103' },
    ...{ globalName, alias },
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** People come and go, rows change, and now and then everything looks different. */
function scenes(): Stage.Scene[] {
  const random = seeded(SEED)
  const any = (count: number) => Math.floor(random() * count)
  const people = [...cast(), ...crowd()].filter(isDrawable)
  const platforms = Object.fromEntries(about.map((each) => [each.id, each]))
  let state: Stage.Scene = { rows: [], settings: DEFAULT_SETTINGS, platforms, featured: null }
  return Array.from({ length: SCENES }, () => {
    state = changed(state, people, any)
    return state
  })
}

function changed(state: Stage.Scene, people: readonly Drawable[], any: (count: number) => number): Stage.Scene {
  const rows = [...state.rows]
  const at = any(rows.length + 1)
  const [event, row] = [people[any(people.length)], rows[at]]
  const away = () => rows.splice(at, 1)
  const into = (place: number) =>
    event && !rows.some(({ id }) => id === event.id) && rows.splice(place, 0, rowOf(event))
  const acts = [
    () => into(rows.length),
    () => into(rows.length),
    () => into(at),
    () => rows.shift(),
    () => away(),
    () => rows.push(...away()),
    () => row && rows.splice(at, 1, { ...row, leaves: !row.leaves }),
  ]
  acts[any(acts.length)]?.()
  const featured = any(8) === 0 ? (row?.event ?? null) : state.featured
  const settings = any(10) === 0 ? { ...DEFAULT_SETTINGS, ...LOOKS[any(LOOKS.length)] } : state.settings
  return { ...state, rows, featured, settings }
}

/** What the cast lacks: badges and cheers that come with pictures, links and mentions, emotes that lie over others. */
function crowd(): Drawable[] {
  const badge = (id: string) => ({ id, label: id, image: `${BADGES}/${id}.png` })
  const worn = person('Noodle_Knight', '#fa0', ['sub'], { badges: [badge('subscriber/12'), badge('odd/1')] })
  const over = { ...emote('Hype'), zeroWidth: true } as const
  return [
    message('badged', { author: { ...worn, avatar: AVATAR }, parts: [emote('Hype'), words(' '), over] }),
    message('linked', {
      author: worn,
      parts: [words('see '), { type: 'link', text: 'x.example', url: 'https://x.example' }],
    }),
    message('named', { action: true, first: true, parts: [{ type: 'mention', text: '@Ada' }, words(' hi')] }),
    message('cheer', { parts: [{ type: 'cheer', text: 'Cheer5', url: `${BADGES}/5.gif`, bits: 5 }] }),
  ].filter(isDrawable)
}

const isDrawable = (event: ChatEvent): event is Drawable => event.kind === 'message' || event.kind === 'notice'
const rowOf = (event: Drawable): Row => ({
  id: event.id,
  event,
  since: 0,
  until: Infinity,
  enters: true,
  leaves: false,
})

/** The same play every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state / 0x80000000
  }
}
