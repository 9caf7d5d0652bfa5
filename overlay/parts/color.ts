import type { OverlaySettings } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'
import type { Author } from '../words.ts'

/** Name colours that can be read on video. */

/** What names are measured against: the dark of outlines and panels. */
const SURFACE = '#141418'
/** WCAG 1.4.3. */
const READABLE = 4.5
const LIGHTNESS_STEP = 0.005
const CHROMA_STEP = 0.005
const MAX_CACHED = 1_000
const HEX = /^#[0-9a-f]{6}$/
const UNKNOWN_PLATFORM = '#8d95a4'

/** For names that come without a colour; each keeps 4.5:1 on the surface as it stands. */
export const PALETTE = [
  '#ff7a7a',
  '#ff9f5a',
  '#ffc247',
  '#e6d94a',
  '#a8e05f',
  '#5fd68b',
  '#3fd9b8',
  '#46cfe8',
  '#5ab4ff',
  '#8aa2ff',
  '#b794ff',
  '#d78bff',
  '#ff86d2',
  '#ff8aa8',
  '#c9d3e6',
] as const

type Triple = readonly [number, number, number]

const cache = new Map<string, string>()

/** The colour of a name as the settings want it, `#rrggbb`. */
export function nameColor(author: Author, about: About | undefined, how: OverlaySettings['nameColor']): string {
  if (how === 'white') return '#ffffff'
  if (how === 'platform') return about?.ink.dark ?? UNKNOWN_PLATFORM
  const sent = author.color?.toLowerCase()
  if (sent === undefined || !HEX.test(sent)) return ownColor(author.login ?? author.name)
  return how === 'original' ? sent : readable(sent)
}

/** A platform's brand colour. */
export function platformColor(about: About | undefined): string {
  return about && HEX.test(about.color.toLowerCase()) ? about.color : UNKNOWN_PLATFORM
}

/** The same colour for the same name, always. */
export function ownColor(name: string): string {
  let hash = 2_166_136_261
  for (const letter of name.toLowerCase()) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619)
  return PALETTE[(hash >>> 0) % PALETTE.length] ?? PALETTE[0]
}

/** The colour, raised in OKLCH lightness just far enough to be read; chroma gives way only where sRGB ends. */
export function readable(color: string): string {
  const known = cache.get(color)
  if (known !== undefined) return known
  const result = contrast(color, SURFACE) >= READABLE ? color : raise(color)
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(color, result)
  return result
}

/** WCAG contrast ratio of two `#rrggbb` colours. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(toLinear(a)), luminance(toLinear(b))]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

function raise(color: string): string {
  const [lightness, a, b] = toOklab(toLinear(color))
  const chroma = Math.hypot(a, b)
  const hue = Math.atan2(b, a)
  for (let raised = lightness + LIGHTNESS_STEP; raised < 1; raised += LIGHTNESS_STEP) {
    const candidate = toHex(intoGamut(raised, chroma, hue))
    if (contrast(candidate, SURFACE) >= READABLE) return candidate
  }
  return '#ffffff'
}

function intoGamut(lightness: number, chroma: number, hue: number): Triple {
  const at = (c: number) => fromOklab([lightness, c * Math.cos(hue), c * Math.sin(hue)])
  for (let c = chroma; c > 0; c -= CHROMA_STEP) {
    const color = at(c)
    if (inGamut(color)) return color
  }
  return at(0)
}

const inGamut = (rgb: Triple) => rgb.every((value) => value >= -0.0005 && value <= 1.0005)
const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b

function toLinear(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16)
  const channel = (shift: number) => {
    const c = ((value >> shift) & 255) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return [channel(16), channel(8), channel(0)]
}

function toHex(rgb: Triple): string {
  const digits = rgb.map((value) => {
    const c = Math.min(1, Math.max(0, value))
    const encoded = c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0')
  })
  return `#${digits.join('')}`
}

/* OKLab: Björn Ottosson, "A perceptual color space for image processing". */

function toOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}
