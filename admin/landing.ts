import type { About } from '../server/protocol.ts'

/** Names the platforms on the front page, as they introduce themselves, and lets the demo be stopped. The page is whole without it. */

/** Address of the platforms' introductions, put in by the build. */
declare const __PLATFORMS__: string

const SVG = 'http://www.w3.org/2000/svg'

async function namePlatforms(list: HTMLElement): Promise<void> {
  const answer = await fetch(__PLATFORMS__)
  const abouts: About[] = await answer.json()
  list.replaceChildren(...abouts.map(item))
}

function item(about: About): HTMLElement {
  const line = document.createElement('li')
  line.append(tile(about), about.label)
  return line
}

function tile({ color, glyph, mark }: About): HTMLElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', mark)
  svg.append(path)
  const frame = document.createElement('span')
  frame.className = 'tile'
  frame.style.setProperty('--tile', color)
  frame.style.setProperty('--glyph', glyph)
  frame.append(svg)
  return frame
}

/** What moves by itself can be stopped (WCAG 2.2.2), and does not move for whoever wishes so. */
function letStop(button: HTMLElement, demo: HTMLIFrameElement): void {
  const play = (live: boolean) => {
    demo.src = demo.src.replace(/demo=(live|static)/, live ? 'demo=live' : 'demo=static')
    button.textContent = live ? 'Stop it' : 'Play it'
  }
  let live = !matchMedia('(prefers-reduced-motion: reduce)').matches
  if (!live) play(false)
  button.hidden = false
  button.addEventListener('click', () => {
    live = !live
    play(live)
  })
}

const list = document.getElementById('platforms')
if (list) namePlatforms(list).catch(() => list.remove())
const [button, demo] = [document.getElementById('demo-stop'), document.getElementById('demo')]
if (button && demo instanceof HTMLIFrameElement) letStop(button, demo)
