import type { Page } from '../../browsers/node_modules/playwright-core/index.js'

/** The overlay's tree as docs/themes.md lists it, and whatever does not belong to it. */

/** What may stand in the body: selectors that together name every element. */
const TREE = [
  'body > ol.cc-feed',
  'body > ol.cc-featured',
  'ol > li.cc-msg',
  'li > span.cc-reply',
  'li > span.cc-line',
  'span.cc-reply > bdi',
  'span.cc-line > span.cc-head',
  'span.cc-line > span.cc-sep',
  'span.cc-line > bdi.cc-notice',
  'span.cc-line > bdi.cc-text',
  'span.cc-line > span.cc-amount',
  'span.cc-head > time.cc-time',
  'span.cc-head > svg.cc-platform[data-mark]',
  'svg.cc-platform > path',
  'span.cc-head > img.cc-avatar',
  'span.cc-head > i.cc-badge[data-badge]',
  'i.cc-badge[data-look=picture] > img.cc-picture',
  'span.cc-head > bdi.cc-name',
  'span.cc-head > span.cc-amount',
  'bdi.cc-notice > bdi.cc-name',
  'bdi.cc-text > img.cc-emote',
  'bdi.cc-text > span.cc-stack',
  'span.cc-stack > img.cc-emote',
  'bdi.cc-text > span.cc-mention',
  'bdi.cc-text > span.cc-link',
  'bdi.cc-text > span.cc-cheer',
  'span.cc-cheer > img.cc-emote',
  'span.cc-cheer > b',
]
/** With `debug=1`, beside the body. */
const DEBUG = ['html > pre.cc-debug', 'html > div.cc-safe-area']
const HEAD = ['html', 'html > head', 'html > body', 'head > :is(meta, title, link, script)']
const ATTRIBUTE =
  '^(class|style|data-[a-z-]+|dir|lang|viewBox|role|aria-label|src|alt|decoding|referrerpolicy|draggable|d|charset|name|content|rel|href|type)$'

/** Elements and attributes that are none of ours, as text; none where all is well. */
export function strangers(page: Page): Promise<string[]> {
  return page.evaluate(findStrangers, { tree: [...HEAD, ...TREE, ...DEBUG].join(','), attribute: ATTRIBUTE })
}

function findStrangers({ tree, attribute }: { tree: string; attribute: string }): string[] {
  const known = new RegExp(attribute)
  return [...document.querySelectorAll('*')].flatMap((element) => {
    const told = element.outerHTML.slice(0, 200)
    if (!element.matches(tree)) return [`element: ${told}`]
    const names = element.getAttributeNames().filter((name) => !known.test(name))
    return names.map((name) => `attribute ${name}: ${told}`)
  })
}

/** What an ordinary row is like: its tree, where it stands, and how its letters look. The same for every such row, always. */
export function lookOfRow(page: Page, id: string): Promise<Record<string, unknown>> {
  return page.evaluate(describeRow, id)
}

function describeRow(id: string): Record<string, unknown> {
  const row = document.querySelector<HTMLElement>(`li.cc-msg[data-id="${id}"]`)
  if (row === null) return { missing: id }
  const { x, width, height, bottom, top } = row.getBoundingClientRect()
  const middle = document.elementFromPoint(x + 40, (top + bottom) / 2)
  const styles = [...row.querySelectorAll<HTMLElement>('.cc-name, .cc-text')].map((element) => {
    const { color, fontSize, fontFamily, opacity, visibility, direction } = getComputedStyle(element)
    return [color, fontSize, fontFamily, opacity, visibility, direction].join(' ')
  })
  return {
    tree: row.outerHTML.replaceAll(id, '').replace(' data-enter=""', ''),
    box: [x, width, height, bottom],
    inFront: row.contains(middle),
    styles,
    text: row.innerText,
  }
}

/** In pages of other trees: what can load, run or lead away, and what none of ours has. The same before and after. */
export function powers(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const elements = [...document.querySelectorAll('*')]
    const handlers = elements.flatMap((element) => element.getAttributeNames().filter((name) => name.startsWith('on')))
    return [...handlers, ...[...document.querySelectorAll(selector)].map((element) => element.outerHTML)]
  }, 'script, iframe, object, embed, base, meta, link, style, form, math, a:not([href^="http"], [href^="#"], [href^="/"]), [srcdoc]')
}

/** Rows that reach over the page's sides, and a page that could be scrolled. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    const wide = [...document.querySelectorAll('li.cc-msg')].filter((row) => {
      const { left, right } = row.getBoundingClientRect()
      return left < 0 || right > innerWidth
    })
    const told = wide.map((row) => `row: ${row.outerHTML.slice(0, 200)}`)
    return scrollWidth > innerWidth || scrollHeight > innerHeight ? [...told, 'the page scrolls'] : told
  })
}
