import type { OverlaySettings } from '../../server/look.ts'
import type { About } from '../../server/protocol.ts'
import type { Author } from '../words.ts'
import { rare } from './on-demand.ts'

/** Name colours that can be read on video. */

/** What names with an outline are measured against: its black, and what of the picture comes through its edge. */
export const OUTLINED = '#1e1e23'
/** WCAG 1.4.3. */
const READABLE = 4.5
const LIGHTNESS_STEP = 0.005
const CHROMA_STEP = 0.005
const LEAST_OPACITY = 0.86
const EDGES = 0.04
const MAX_CACHED = 1_000
const HEX = /^#[0-9a-f]{6}$/
const UNKNOWN_PLATFORM = '#8d95a4'

type Triple = readonly [number, number, number]

/** For names that come without a colour: equally bright, evenly round the wheel. */
export const PALETTE: readonly string[] = Array.from({ length: 15 }, (_, i) =>
  toHex(intoGamut(0.79, 0.13, (i * 2 * Math.PI) / 15)),
)

const cache = new Map<string, string>()

type Wishes = Pick<
  OverlaySettings,
  'nameColor' | 'nameColorCustom' | 'background' | 'outlineWidth' | 'panelColor' | 'panelOpacity'
>

/** The colour of a name as the settings want it, `#rrggbb`; white where the background's colour would be keyed out. */
export function nameColor(author: Author, about: About | undefined, settings: Wishes, card = false): string {
  const color = wishedColor(author, about, settings, card)
  return rare()?.isKeyedOut(color, settings.background) ? '#ffffff' : color
}

function wishedColor(author: Author, about: About | undefined, settings: Wishes, card: boolean): string {
  const { nameColor: how, nameColorCustom, outlineWidth } = settings
  if (how === 'custom') return nameColorCustom
  if (how === 'white') return '#ffffff'
  if (how === 'platform') return about?.ink.dark ?? UNKNOWN_PLATFORM
  const sent = author.color?.toLowerCase()
  if (how === 'original' && sent !== undefined && HEX.test(sent)) return sent
  const own = sent !== undefined && HEX.test(sent) ? sent : ownColor(author.login ?? author.name)
  return readable(own, outlineWidth > 0 && !card ? OUTLINED : panelOn(settings))
}

/** A platform's brand colour. */
export function platformColor(about: About | undefined): string {
  return about && HEX.test(about.color.toLowerCase()) ? about.color : UNKNOWN_PLATFORM
}

/** The same colour for the same name, always. */
export function ownColor(name: string): string {
  let hash = 2_166_136_261
  for (const letter of name.toLowerCase()) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619)
  return PALETTE[(hash >>> 0) % PALETTE.length] ?? UNKNOWN_PLATFORM
}

/** The colour, raised in OKLCH lightness just far enough to be read; chroma gives way only where sRGB ends. */
export function readable(color: string, surface: string): string {
  const known = cache.get(color + surface)
  if (known !== undefined) return known
  const result = contrast(color, surface) >= READABLE ? color : raise(color, surface)
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(color + surface, result)
  return result
}

/** WCAG contrast ratio of two `#rrggbb` colours. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(toLinear(a)), luminance(toLinear(b))]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** The panel over snow, and brighter by what the edges of letters are mixed with. Cards are at least this opaque in every theme. */
function panelOn({ panelColor, panelOpacity }: Wishes): string {
  const alpha = Math.max(LEAST_OPACITY, panelOpacity / 100) - EDGES
  return hexOf(channelsOf(panelColor).map((value) => value * alpha + 255 * (1 - alpha)))
}

/** Red, green and blue of `#rrggbb`, 0 to 255 each. */
export function channelsOf(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

function hexOf(channels: readonly number[]): string {
  return `#${channels.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`
}

function raise(color: string, surface: string): string {
  const [lightness, a, b] = toOklab(toLinear(color))
  const chroma = Math.hypot(a, b)
  const hue = Math.atan2(b, a)
  for (let raised = lightness + LIGHTNESS_STEP; raised < 1; raised += LIGHTNESS_STEP) {
    const candidate = toHex(intoGamut(raised, chroma, hue))
    if (contrast(candidate, surface) >= READABLE) return candidate
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

function inGamut(rgb: Triple): boolean {
  return rgb.every((value) => value >= -0.0005 && value <= 1.0005)
}
const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b

function toLinear(hex: string): Triple {
  const [r, g, b] = channelsOf(hex)
  return [linear(r), linear(g), linear(b)]
}

function linear(channel: number): number {
  const c = channel / 255
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
}

function toHex(rgb: Triple): string {
  return hexOf(
    rgb.map((value) => {
      const c = Math.min(1, Math.max(0, value))
      return 255 * (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055)
    }),
  )
}

/* OKLab: Björn Ottosson, "A perceptual color space for image processing". */

function toOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122215 * r + 0.5363325 * g + 0.051446 * b)
  const m = Math.cbrt(0.2119035 * r + 0.6806995 * g + 0.107397 * b)
  const s = Math.cbrt(0.0883025 * r + 0.2817188 * g + 0.6299787 * b)
  return [
    0.2104543 * l + 0.7936178 * m - 0.004072 * s,
    1.9779985 * l - 2.4285922 * m + 0.4505937 * s,
    0.025904 * l + 0.7827718 * m - 0.8086758 * s,
  ]
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963378 * a + 0.2158038 * b) ** 3
  const m = (lightness - 0.1055613 * a - 0.0638542 * b) ** 3
  const s = (lightness - 0.0894842 * a - 1.2914855 * b) ** 3
  return [
    4.0767417 * l - 3.3077116 * m + 0.2309699 * s,
    -1.268438 * l + 2.6097574 * m - 0.3413194 * s,
    -0.0041961 * l - 0.7034186 * m + 1.7076147 * s,
  ]
}
