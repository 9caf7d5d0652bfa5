/** Hues this close to the key colour go with it, in degrees. */
const KEYED_ANGLE = 40
/** Less difference between the channels than this has no hue worth the name, of 255. */
const GREY = 40

/** So near to the colour which a video program takes out that it would go with it. */
export function isKeyedOut(color: string, key: string): boolean {
  const [hue, keyHue] = [hueOf(color), hueOf(key)]
  if (hue === null || keyHue === null) return false
  const apart = Math.abs(hue - keyHue)
  return Math.min(apart, 360 - apart) < KEYED_ANGLE
}

/** Degrees round the colour wheel; null for greys and for what is no `#rrggbb`. */
function hueOf(color: string): number | null {
  if (!/^#[0-9a-f]{6}$/i.test(color)) return null
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)]
  const range = most - least
  if (range < GREY) return null
  const sixth = most === r ? (g - b) / range + 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4
  return (sixth * 60) % 360
}
