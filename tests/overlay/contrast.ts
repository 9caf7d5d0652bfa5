import type { Page } from '../help/browsers.ts'
import type { Area } from './canvas.ts'

/** How well words stand out from what is around their letters, measured in pictures of the page. */

export interface Spot {
  what: string
  color: string
  left: number
  top: number
  right: number
  bottom: number
}

export interface Reading {
  what: string
  /** WCAG contrast of the letters against the ring of pixels around them; nine tenths of them have more. */
  contrast: number
}

/** Words. */
const WORDS = '.cc-name, .cc-text, .cc-notice, .cc-amount'
/** All that a row holds. */
export const EVERYTHING = `${WORDS}, .cc-reply > bdi, .cc-time, .cc-platform, .cc-avatar, .cc-badge, .cc-emote, .cc-stack`

/** Where such places are seen, each line of them, beyond the fading edge. Runs in the page. */
export function spots(selector: string): Spot[] {
  const feed = document.querySelector('.cc-feed')
  const padding = (side: 'paddingTop' | 'paddingLeft') => (feed ? Number.parseFloat(getComputedStyle(feed)[side]) : 0)
  const [top0, left0] = [padding('paddingTop') + 60, padding('paddingLeft') + 60]
  const bar = feed?.getAttribute('data-layout') === 'ticker'
  // What goes on beyond its row is cut off there.
  const endOf = (place: Element) => {
    const row = place.closest('.cc-msg')
    return row ? row.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(row).paddingRight) : 0
  }
  return [...document.querySelectorAll(selector)].flatMap((place) =>
    [...place.getClientRects()]
      .filter(({ top, left, width }) => (bar ? left > left0 : top > top0) && width > 8)
      .map(({ left, top, right, bottom }) => ({
        what: `${place.className} of ${place.closest('.cc-msg')?.getAttribute('data-id')}`,
        color: getComputedStyle(place).color,
        ...{
          left,
          top,
          bottom,
          right: Math.min(right, endOf(place)),
        },
      })),
  )
}

/**
 * @param blank a page to compare pictures in
 * @param shown the page as it is
 * @param clip which part of it, if not all
 */
export async function readContrast(page: Page, blank: Page, shown: Buffer, clip?: Area): Promise<Reading[]> {
  const found = await page.evaluate(spots, WORDS)
  const hide = await page.addStyleTag({ content: '.cc-msg * { -webkit-text-fill-color: transparent !important }' })
  const hidden = await page.screenshot(clip ? { clip } : {})
  await hide.evaluate((style) => style.parentNode?.removeChild(style))
  return blank.evaluate(compare, {
    found: clip ? found.map((spot) => movedInto(clip, spot)) : found,
    pictures: [shown, hidden].map((picture) => picture.toString('base64')),
  })
}

function movedInto({ x, y }: Area, spot: Spot): Spot {
  const { left, right, top, bottom } = spot
  return { ...spot, left: left - x, right: right - x, top: top - y, bottom: bottom - y }
}

/** Runs in the page, so it holds all that it needs. Letters are where the pictures differ and the colour is the words’ own. */
async function compare({ found, pictures }: { found: Spot[]; pictures: string[] }): Promise<Reading[]> {
  const [shown, hidden] = await Promise.all(
    pictures.map(async (picture) => {
      const image = new Image()
      image.src = `data:image/png;base64,${picture}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const brush = canvas.getContext('2d')
      brush?.drawImage(image, 0, 0)
      return brush?.getImageData(0, 0, image.width, image.height)
    }),
  )
  if (!shown || !hidden) return []
  const light = Float64Array.from({ length: 256 }, (_, value) =>
    value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  )
  const luminance = (r: number, g: number, b: number) =>
    0.2126 * (light[r] ?? 0) + 0.7152 * (light[g] ?? 0) + 0.0722 * (light[b] ?? 0)
  const { width, height, data } = shown
  const apart = (i: number, r: number, g: number, b: number) =>
    Math.abs((data[i] ?? 0) - r) + Math.abs((data[i + 1] ?? 0) - g) + Math.abs((data[i + 2] ?? 0) - b)
  const isLetter = new Uint8Array(width * height)
  const lights = new Float64Array(width * height)
  for (let p = 0, i = 0; p < isLetter.length; p += 1, i += 4) {
    isLetter[p] = apart(i, hidden.data[i] ?? 0, hidden.data[i + 1] ?? 0, hidden.data[i + 2] ?? 0) > 8 ? 1 : 0
    lights[p] = luminance(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0)
  }
  return found.flatMap(({ what, color, left, top, right, bottom }) => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map(Number)
    const letter = luminance(r, g, b)
    const ratios: number[] = []
    for (let y = Math.max(2, Math.floor(top)); y < Math.min(bottom, height - 2); y += 1) {
      for (let x = Math.max(2, Math.floor(left)); x < Math.min(right, width - 2); x += 1) {
        const p = y * width + x
        if (!isLetter[p] || apart(4 * p, r, g, b) > 40) continue
        let [sum, count] = [0, 0]
        for (let dy = -2; dy <= 2; dy += 1) {
          for (let near = p + dy * width - 2; near <= p + dy * width + 2; near += 1) {
            if (isLetter[near]) continue
            sum += lights[near] ?? 0
            count += 1
          }
        }
        if (count === 0) continue
        const ground = sum / count
        ratios.push((Math.max(letter, ground) + 0.05) / (Math.min(letter, ground) + 0.05))
      }
    }
    ratios.sort((a, b) => a - b)
    const contrast = ratios[Math.floor(ratios.length / 10)]
    return contrast === undefined || ratios.length < 30 ? [] : [{ what, contrast }]
  })
}
