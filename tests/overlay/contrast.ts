import type { Page } from '../help/browsers.ts'

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

/** Where words are seen, each line of them, below the fading edge. Runs in the page. */
export function spots(): Spot[] {
  const feed = document.querySelector('.cc-feed')
  const fade = feed ? Number.parseFloat(getComputedStyle(feed).paddingTop) + 60 : 0
  const bar = feed?.getAttribute('data-layout') === 'ticker'
  // What goes on beyond its row is cut off there.
  const endOf = (place: Element) => {
    const row = place.closest('.cc-msg')
    return row ? row.getBoundingClientRect().right - Number.parseFloat(getComputedStyle(row).paddingRight) : 0
  }
  return [...document.querySelectorAll('.cc-name, .cc-text, .cc-notice, .cc-amount')].flatMap((place) =>
    [...place.getClientRects()]
      .filter(({ top, left, width }) => (bar ? left > 140 : top > fade) && width > 8)
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

/** @param blank a page to compare pictures in */
export async function readContrast(page: Page, blank: Page): Promise<Reading[]> {
  const found = await page.evaluate(spots)
  const shown = await page.screenshot()
  const hide = await page.addStyleTag({ content: '.cc-msg * { -webkit-text-fill-color: transparent !important }' })
  const hidden = await page.screenshot()
  await hide.evaluate((style) => style.parentNode?.removeChild(style))
  return blank.evaluate(compare, { found, pictures: [shown, hidden].map((picture) => picture.toString('base64')) })
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
  const light = (value: number) => (value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const luminance = (r: number, g: number, b: number) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b)
  const at = ({ data, width }: ImageData, x: number, y: number) => {
    const i = 4 * (y * width + x)
    return [data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0] as const
  }
  const apart = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + Math.abs(value - (b[i] ?? 0)), 0)
  return found.flatMap(({ what, color, left, top, right, bottom }) => {
    const own = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
    const isLetter = (x: number, y: number) => apart(at(shown, x, y), at(hidden, x, y)) > 8
    const letter = luminance(own[0] ?? 0, own[1] ?? 0, own[2] ?? 0)
    const ratios: number[] = []
    for (let y = Math.max(2, Math.floor(top)); y < Math.min(bottom, shown.height - 2); y += 1) {
      for (let x = Math.max(2, Math.floor(left)); x < Math.min(right, shown.width - 2); x += 1) {
        if (!isLetter(x, y) || apart(at(shown, x, y), own) > 40) continue
        let [sum, count] = [0, 0]
        for (let dy = -2; dy <= 2; dy += 1) {
          for (let dx = -2; dx <= 2; dx += 1) {
            if (isLetter(x + dx, y + dy)) continue
            sum += luminance(...at(shown, x + dx, y + dy))
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
