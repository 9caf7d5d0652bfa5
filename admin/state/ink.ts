/** Name colours that can be read on the panel's surfaces: a colour is mixed towards white or black until it stands out. */

/** The surface with the least contrast of each palette (`--accent-wash`, behind what stands out), and where to mix to. */
const DARK = { surface: '#211f3a', towards: '#ffffff' } as const
const LIGHT = { surface: '#ebe9fb', towards: '#000000' } as const
const ENOUGH = 4.5
const STEPS = 20
/** Pairs remembered; chat has few colours, so this is seldom reached. */
const MAX_KNOWN = 2_000

export interface Ink {
  dark: string
  light: string
}

/** For authors whose platform gives no colour; the same person always gets the same one. */
const PALETTE = ['#ff7a9c', '#ffa45c', '#e8c547', '#7ed67e', '#4fd1c5', '#58b0ff', '#9d90ff', '#e58bf0'] as const

type Rgb = readonly [number, number, number]

/** A memory of its own for each page, so that a colour is worked out once. */
export function inkMaker(): (color: string | undefined, seed: string) => Ink {
  const known = new Map<string, Ink>()
  return (color, seed) => {
    const base = color ?? PALETTE[hash(seed) % PALETTE.length] ?? PALETTE[0]
    const found = known.get(base)
    if (found) return found
    if (known.size >= MAX_KNOWN) known.clear()
    const ink = inkOf(base)
    known.set(base, ink)
    return ink
  }
}

/** `#rrggbb` → the nearest readable colours. Anything else gives the palettes' plain text. */
export function inkOf(color: string): Ink {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return { dark: DARK.towards, light: LIGHT.towards }
  return { dark: readable(color, DARK), light: readable(color, LIGHT) }
}

export function contrast(one: string, other: string): number {
  const [a, b] = [luminance(rgbOf(one)), luminance(rgbOf(other))]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function readable(color: string, { surface, towards }: typeof DARK | typeof LIGHT): string {
  for (let step = 0; step <= STEPS; step++) {
    const mixed = mix(rgbOf(color), rgbOf(towards), step / STEPS)
    if (contrast(mixed, surface) >= ENOUGH) return mixed
  }
  return towards
}

function mix(from: Rgb, to: Rgb, share: number): string {
  const parts = from.map((part, i) => Math.round(part + ((to[i] ?? 0) - part) * share))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** WCAG 2's relative luminance. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => linear(part / 255))
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

function linear(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

function hash(text: string): number {
  let value = 7
  for (let i = 0; i < text.length; i++) value = (value * 31 + text.charCodeAt(i)) >>> 0
  return value
}
