import { html, type View } from '../html.ts'

/** Three lines of chat that become one. */
export function Brand({ size = 26 }: { size?: number }): View {
  return html`
    <svg class="brand-mark" width=${size} height=${size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M6 8.5c8 0 7 7.5 13 7.5M6 16h13M6 23.5c8 0 7-7.5 13-7.5" />
      <circle cx="23.5" cy="16" r="3.2" />
    </svg>
  `
}
