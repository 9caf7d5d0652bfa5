import { type Signal, useSignal } from '@preact/signals'
import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { watchHand } from '../../overlay/parts/by-hand.ts'

/** Closer to the end than this counts as being at the end, px. */
const NEAR = 32

export interface Follow {
  scroller: RefObject<HTMLDivElement | null>
  content: RefObject<HTMLDivElement | null>
  following: Signal<boolean>
  toEnd: () => void
}

/**
 * Keeps a list at its newest end until somebody scrolls up. Rows off screen are not laid out, so their heights are
 * guesses and the end moves: the list is brought to its end whenever its size changes, not only when rows come in.
 */
export function useFollow(left: () => void): Follow {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const following = useSignal(true)
  const toEnd = () => {
    following.value = true
    const element = scroller.current
    if (element) element.scrollTop = element.scrollHeight
  }
  useEffect(() => {
    const [element, inner] = [scroller.current, content.current]
    if (!element || !inner) return
    const stop = watchScroll(element, following, left)
    const observer = new ResizeObserver(() => {
      if (following.peek()) element.scrollTop = element.scrollHeight
    })
    observer.observe(inner)
    observer.observe(element)
    return () => {
      stop()
      observer.disconnect()
    }
  }, [])
  return { scroller, content, following, toEnd }
}

/** Only a scroll by a person's hand means that they want to stay where they are. */
function watchScroll(element: HTMLElement, following: Signal<boolean>, left: () => void): () => void {
  const off = new AbortController()
  const byHand = watchHand(element, off.signal)
  let top = element.scrollTop
  const onScroll = () => {
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
    if (atEnd) following.value = true
    else if (following.peek() && element.scrollTop < top && byHand()) {
      following.value = false
      left()
    }
    top = element.scrollTop
  }
  element.addEventListener('scroll', onScroll, { passive: true, signal: off.signal })
  return () => off.abort()
}
