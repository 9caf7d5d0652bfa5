import { type ReadonlySignal, signal } from '@preact/signals'
import { ImagePlus, Trash2 } from 'lucide'
import { h } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { asBackdrop, BACKDROP_TYPES, MAX_BACKDROP_SIDE } from '../state/backdrop-file.ts'
import { forgetBackdrop, keepBackdrop, keptBackdrop } from '../state/backdrop-store.ts'
import type { Panel } from '../state/panel.ts'

/** Somebody's own picture behind the preview, as this page shows it. */
export interface OwnPicture {
  /** Good in this page alone; null = none. */
  address: ReadonlySignal<string | null>
  take(file: Blob): Promise<void>
  remove(): Promise<void>
}

/** `onShown` hears when there is one, chosen now or kept from before. */
export function useOwnPicture(panel: Panel, onShown: () => void): OwnPicture {
  const address = useMemo(() => signal<string | null>(null), [])
  const channelId = panel.me.value?.channel.id ?? ''
  const show = (picture: Blob | null) => {
    if (address.value !== null) URL.revokeObjectURL(address.value)
    address.value = picture && URL.createObjectURL(picture)
    if (picture !== null) onShown()
  }
  useEffect(() => {
    let gone = false
    void keptBackdrop(channelId).then((kept) => {
      if (kept !== null && !gone && address.value === null) show(kept)
    })
    return () => {
      gone = true
      show(null)
    }
  }, [])
  const take = async (file: Blob) => {
    const picture = await asBackdrop(file)
    const wrong = 'wrong' in picture ? picture.wrong : await whatIsWrong(picture)
    if (wrong !== null || !(picture instanceof Blob)) return panel.toasts.failed(new Error(wrong ?? ''))
    show(picture)
    if (await keepBackdrop(channelId, picture)) return
    panel.toasts.failed(new Error(t('This browser does not keep the picture: it is shown until you leave.')))
  }
  const remove = async () => {
    // First out of the browser: whoever sees it go may leave the page at once.
    const gone = await forgetBackdrop()
    show(null)
    if (gone) panel.toasts.ok(t('The picture is gone from this browser.'))
    else panel.toasts.failed(new Error(t('This browser could not delete the picture. Try again with the next visit.')))
  }
  return { address, take, remove }
}

/** What a look at the picture itself finds; it is not drawn for that. */
function whatIsWrong(picture: Blob): Promise<string | null> {
  const image = new Image()
  const address = URL.createObjectURL(picture)
  const found = new Promise<string | null>((resolve) => {
    image.onload = () => {
      const { naturalWidth: width, naturalHeight: height } = image
      const fits = Math.max(width, height) <= MAX_BACKDROP_SIDE
      resolve(fits ? null : tooLarge(width, height))
    }
    image.onerror = () => resolve(t('The picture is damaged: this browser cannot show it.'))
  })
  image.src = address
  return found.finally(() => URL.revokeObjectURL(address))
}

function tooLarge(width: number, height: number): string {
  const most = MAX_BACKDROP_SIDE
  return t('The picture is {width} × {height}; up to {most} px a side can be shown.', { width, height, most })
}

export function OwnPictureTools({ picture }: { picture: OwnPicture }): View {
  const input = useRef<HTMLInputElement>(null)
  const onFile = () => {
    const file = input.current?.files?.[0]
    // The same file chosen again is a change again.
    if (input.current) input.current.value = ''
    if (file !== undefined) void picture.take(file)
  }
  const label = t('A picture of your own, which stays in this browser')
  return html`
    <input id="own-picture" type="file" hidden ref=${input} accept=${BACKDROP_TYPES.join()} onChange=${onFile} />
    ${h(Button, { label, icon: ImagePlus, bare: true, class: 'own-picture', onPress: () => input.current?.click() })}
    ${picture.address.value !== null && h(Button, { label: t('Remove your picture'), icon: Trash2, bare: true, tone: 'ghost', class: 'own-picture', onPress: () => void picture.remove() })}
  `
}
