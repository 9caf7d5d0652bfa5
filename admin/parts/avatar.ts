import { useSignal } from '@preact/signals'
import { html, type View } from '../html.ts'

/** A channel's picture, from https only; without one, or when it cannot be fetched, the first letter of its name. */
export function Avatar({ url, name }: { url: string | null; name: string }): View {
  const broken = useSignal<string | null>(null)
  if (url === null || broken.value === url || !url.startsWith('https://')) {
    return html`<span class="avatar" aria-hidden="true">${initialOf(name)}</span>`
  }
  const onError = () => {
    broken.value = url
  }
  return html`<img class="avatar" referrerpolicy="no-referrer" decoding="async" width="44" height="44" src=${url} alt="" onError=${onError} />`
}

function initialOf(name: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0] ?? '?'
  return letter.toUpperCase()
}
