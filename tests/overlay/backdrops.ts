import type { Page } from '../help/browsers.ts'

/** Pictures to put behind the overlay, the way OBS has a game behind it: a night, snow, and as busy as confetti. */

export type Backdrop = 'dark' | 'busy' | 'snow'
export const backdrops: readonly Backdrop[] = ['dark', 'busy', 'snow']

export async function putBehind(page: Page, kind: Backdrop): Promise<void> {
  await page.evaluate(draw, kind)
}

/** Runs in the page, so it holds all that it needs. */
function draw(kind: Backdrop): void {
  document.getElementById('backdrop')?.remove()
  const canvas = document.createElement('canvas')
  canvas.id = 'backdrop'
  canvas.width = innerWidth
  canvas.height = innerHeight
  canvas.style.cssText = 'position:fixed;inset:0;z-index:-1'
  const brush = canvas.getContext('2d')
  if (!brush) return
  let state = 7
  const random = () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
  // Ground, then hue, saturation and lightness of what lies on it, each as [from, range].
  const looks = {
    dark: ['#0d1117', [200, 60], 35, [6, 14]],
    busy: ['#2b2140', [0, 360], 75, [20, 60]],
    snow: ['#eef3fb', [215, 0], 30, [88, 12]],
  } as const
  const [ground, hue, saturation, light] = looks[kind]
  brush.fillStyle = ground
  brush.fillRect(0, 0, canvas.width, canvas.height)
  for (let i = 0; i < 1_400; i += 1) {
    const size = 12 + random() * 60
    brush.save()
    brush.translate(random() * canvas.width, random() * canvas.height)
    brush.rotate(random() * 7)
    const lightness = light[0] + random() * light[1]
    brush.fillStyle = `hsl(${hue[0] + random() * hue[1]} ${saturation}% ${lightness}%)`
    brush.fillRect(-size / 2, -size / 4, size, size / 2)
    brush.restore()
  }
  document.documentElement.append(canvas)
}
