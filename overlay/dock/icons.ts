import { html } from '../parts/html.ts'

/** Signs of the dock's buttons: strokes in a 24 by 24 box. */
export const ICONS = {
  hide: 'M4 4l16 16M10 6a11 11 0 0 1 11 6l-2 3M6 7a14 14 0 0 0-3 5c3 5 8 7 12 5M10 10a3 3 0 0 0 4 4',
  person: 'M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM3 21c0-5 3-7 7-7 2 0 3 0 4 1M16 16l5 5M21 16l-5 5',
  feature: 'M12 3l3 6 6 1-4 5 1 6-6-3-6 3 1-6-4-5 6-1z',
  undo: 'M8 4L3 9l5 5M3 9h11a6 6 0 0 1 0 12H9',
  pause: 'M8 5v14M16 5v14',
  play: 'M7 4l13 8-13 8z',
  panic: 'M4 5h16v11H4zM9 20h6M3 3l18 18',
  show: 'M4 5h16v11H4zM9 20h6M8 11l3 3 5-6',
  slow: 'M8 2h8M12 2v4M12 21a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15zM12 9.5v4l-3 2',
  down: 'M12 4v16M5 13l7 7 7-7',
  clear: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
  send: 'M4 12l17-8-6 17-3-7z',
  retry: 'M20 5v5h-5M4 19v-5h5M5 9a8 8 0 0 1 14-1l1 2M19 15a8 8 0 0 1-14 1l-1-2',
  close: 'M6 6l12 12M18 6L6 18',
} as const
export type IconName = keyof typeof ICONS

export function Icon({ name }: { name: IconName }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${ICONS[name]} /></svg>`
}
