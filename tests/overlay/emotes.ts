import { readFileSync } from 'node:fs'
import type { Page } from '../help/browsers.ts'
import { AVATAR, EMOTE_HOST } from './cast.ts'

/** Pictures in place of the emote services': square ones, one that is wide, one to lie over another. */

const own = (name: string) => readFileSync(new URL(`../../overlay/emotes/${name}.svg`, import.meta.url), 'utf8')
const drawn = (width: number, inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="64" viewBox="0 0 ${width} 64">${inside}</svg>`

const HYPE = own('hype')
const PICTURES: Readonly<Record<string, string>> = {
  Glee: own('glee'),
  Wave: own('heart'),
  Wide: drawn(192, '<rect width="192" height="64" rx="20" fill="#3ad1c4"/>'),
  Frame: drawn(64, '<rect x="3" y="3" width="58" height="58" rx="10" fill="none" stroke="#ff3d9a" stroke-width="6"/>'),
}

export async function serveEmotes(page: Page): Promise<void> {
  await page.route(`${EMOTE_HOST}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-2) ?? ''
    return route.fulfill({ contentType: 'image/svg+xml', body: PICTURES[name] ?? HYPE })
  })
  await page.route(AVATAR, (route) => route.fulfill({ contentType: 'image/svg+xml', body: HYPE }))
}
