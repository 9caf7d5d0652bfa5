/** As high as the chat stands in a page, px; it is as wide as the place that it is put into. */
export const SITE_HEIGHT = 600

/** The line that puts an overlay into a page of somebody's own. */
export function siteLine(url: string): string {
  const { origin, hash } = new URL(url)
  return `<script async src="${origin}/embed.js" data-key="${hash.slice(1)}" data-height="${SITE_HEIGHT}"></script>`
}
