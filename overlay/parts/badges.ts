import type { ComponentChild } from 'preact'
import { h } from 'preact'
import type { Author } from '../words.ts'
import { byWeight, hasSign, pictures, type Shown, shownOf } from './badge-kinds.ts'
import { Picture } from './picture.ts'
import { tag } from './tag.ts'

/** What somebody is, as pictures or as words; a row carries the weightiest few. */

interface Props {
  author: Author
  first: boolean
  look: 'text' | 'image' | 'none'
  most: number
}

export function Badges({ author, first, look, most }: Props) {
  if (look === 'none') return null
  const roles = author.roles.map((role) => shownOf(role, role, null)).sort(byWeight)
  const all =
    look === 'image'
      ? pictures(author).map(drawBadge)
      : roles.map(({ name }) => pill(name, name === 'verified' ? '✓' : name.toUpperCase()))
  return (first ? [...all, pill('first', 'FIRST')] : all).slice(0, most)
}

export const pill = (name: string, word: string) => tag('i', 'badge', { 'data-badge': name, key: name }, word)

/** The picture, or the sign where there is none or it does not load. */
function drawBadge(shown: Shown) {
  const { name, label, image } = shown
  const draw = (picture: ComponentChild) => {
    if (picture) return tag('i', 'badge', { 'data-badge': name, 'data-look': 'picture' }, picture)
    const sign = { 'data-badge': name, 'data-look': 'sign', role: 'img', 'aria-label': label }
    return hasSign(shown) && tag('i', 'badge', sign)
  }
  return h(Picture, { address: image ?? undefined, alt: label, draw, key: name })
}
