import type { ComponentChild } from 'preact'
import { Component } from 'preact'
import { allowedImage } from './images.ts'
import { tag } from './tag.ts'

interface Props {
  address: string | undefined
  alt: string
  /** What stands on the page: the picture in its place, or null where there is none or it does not load. */
  draw: (picture: ComponentChild) => ComponentChild
  class?: string
  provider?: string
  over?: boolean
}

/** A picture from a listed host, as far as there is one. */
export class Picture extends Component<Props, { failed: boolean }> {
  override state = { failed: false }

  override render({ address, alt, draw, over, class: name, provider }: Props) {
    const src = this.state.failed ? null : allowedImage(address)
    if (src === null) return draw(null)
    return draw(
      tag('img', name ?? 'picture', {
        'data-provider': provider,
        'data-over': over ? '' : undefined,
        ...{ src, alt, decoding: 'async', referrerpolicy: 'no-referrer', draggable: false },
        onError: () => this.setState({ failed: true }),
      }),
    )
  }
}
