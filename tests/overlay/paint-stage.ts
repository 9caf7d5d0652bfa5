import { h, render } from 'preact'
import { Feed } from '../../overlay/parts/feed.ts'
import { type FeedState, initialState } from '../../overlay/state.ts'

/** For the page: the feed, drawn with whatever stands for preact in its bundle, and what came of it. */

/** What of a state is drawn. */
export type Scene = Pick<FeedState, 'rows' | 'settings' | 'platforms' | 'featured'>

const numbers = new WeakMap<Node, number>()
let count = 0

/** Draws one after the other; answers after each the tree, and which nodes the rows are. */
export async function play(scenes: readonly Scene[]): Promise<{ tree: string; nodes: string }[]> {
  const drawn = []
  const root = document.body.appendChild(document.createElement('div'))
  for (const scene of scenes) {
    const state = { ...initialState(scene, ({ settings }) => settings), ...scene }
    render(h(Feed, { state, connection: 'live', fits: Infinity }), root)
    await Promise.all([...root.querySelectorAll('img')].map(failed))
    // One that failed before is drawn anew a moment later.
    await new Promise((done) => setTimeout(done))
    // An empty direction is none.
    drawn.push({
      tree: root.innerHTML.replaceAll(' dir=""', ''),
      nodes: [...root.querySelectorAll('li')].map(numberOf).join(' '),
    })
  }
  return drawn
}

/** No picture comes in this test. */
function failed(image: HTMLImageElement): Promise<unknown> | undefined {
  if (image.complete) return
  return new Promise((done) => image.addEventListener('error', done))
}

function numberOf(row: HTMLElement): string {
  if (!numbers.has(row)) numbers.set(row, ++count)
  return `${row.dataset.id}:${numbers.get(row)}`
}

/** Draws lists of keys one after the other; answers after each which of them were put somewhere. */
export function moves(root: HTMLElement, lists: readonly string[]): string[] {
  const watch = new MutationObserver(() => {})
  watch.observe(root, { childList: true, subtree: true })
  return lists.map((keys) => {
    render(
      h(
        'ol',
        null,
        [...keys].map((key) => h('li', { key }, key)),
      ),
      root,
    )
    return watch
      .takeRecords()
      .flatMap(({ addedNodes }) => [...addedNodes])
      .map((node) => (node.nodeName === 'LI' ? node.textContent : ''))
      .join('')
  })
}

/** What came over the line never draws a tag. */
export function forged(root: HTMLElement, sent: string): string {
  const part: unknown = JSON.parse(sent)
  render(h('p', null, [part as string]), root)
  return root.innerHTML
}
