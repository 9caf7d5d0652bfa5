import { Component, type ComponentChild } from 'preact'

/** A part that is drawn again only when one of its props is another value than before. */
export function memo<P extends object>(part: (props: P) => ComponentChild) {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const names = Object.keys(next) as (keyof P)[]
      return names.some((name) => next[name] !== this.props[name])
    }

    override render(): ComponentChild {
      return part(this.props)
    }
  }
}
