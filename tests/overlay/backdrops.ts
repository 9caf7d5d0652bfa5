import type { Page } from '../help/browsers.ts'

/** Pictures to put behind the overlay, the way OBS has a game behind it: snow-white, and as busy as confetti. */

export type Backdrop = 'snow' | 'busy'
export const backdrops: readonly Backdrop[] = ['snow', 'busy']

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
  brush.fillStyle = kind === 'snow' ? '#eef3fb' : '#2b2140'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  for (let i = 0; i < 1_400; i += 1) {
    const size = 12 + random() * 60
    brush.save()
    brush.translate(random() * canvas.width, random() * canvas.height)
    brush.rotate(random() * 7)
    const light = kind === 'snow' ? 88 + random() * 12 : 20 + random() * 60
    const saturation = kind === 'snow' ? 30 : 75
    brush.fillStyle = `hsl(${kind === 'snow' ? 215 : random() * 360} ${saturation}% ${light}%)`
    brush.fillRect(-size / 2, -size / 4, size, size / 2)
    brush.restore()
  }
  document.documentElement.append(canvas)
}
