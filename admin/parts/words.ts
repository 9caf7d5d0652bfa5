import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import type { Part } from '../state/model.ts'

/** The words of a message. Chat is hostile: everything here is a text node, an image from https, or a link to http(s). */
export function Words({ parts }: { parts: readonly Part[] }): View {
  return html`<bdi class="words">${parts.map(one)}</bdi>`
}

function one(part: Part): View | string {
  if (part.type === 'emote') return h(Picture, { url: part.url, text: part.text, stacked: part.zeroWidth === true })
  if (part.type === 'mention') return html`<bdi class="mention">${part.text}</bdi>`
  if (part.type === 'link') return link(part.text, part.url)
  if (part.type === 'cheer') return cheer(part.text, part.url)
  return part.text
}

function cheer(text: string, url: string | undefined): View {
  return html`<span class="cheer">${url !== undefined && h(Picture, { url, text: '' })}${text}</span>`
}

function link(text: string, url: string): View | string {
  if (!isWeb(url)) return text
  return html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url)
}

interface PictureProps {
  url: string
  text: string
  /** Drawn over the picture before it. */
  stacked?: boolean
}

/** A picture that cannot be fetched gives way to its text. */
export function Picture({ url, text, stacked }: PictureProps): View {
  const broken = useSignal(false)
  if (broken.value || !url.startsWith('https://')) return html`<span class="emote-text">${text}</span>`
  const onError = () => {
    broken.value = true
  }
  return html`
    <img
      class=${stacked ? 'emote emote-stacked' : 'emote'}
      referrerpolicy="no-referrer"
      loading="lazy"
      decoding="async"
      src=${url}
      alt=${text}
      title=${text}
      onError=${onError}
    />
  `
}
