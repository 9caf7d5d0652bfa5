import { html, type View } from '../html.ts'
import { type Text, t, tx } from '../language/words.ts'

const STEPS: readonly { who: string; head: Text; rest: Text }[] = [
  {
    who: 'worker',
    head: 'The worker writes.',
    rest: 'It turns what the platforms send into events, encodes each once, and copies whole batches in at the tail.',
  },
  {
    who: 'lock',
    head: 'A lock guards the copy.',
    rest: 'Both threads take it for millionths of a second. Only the worker ever sleeps for it.',
  },
  {
    who: 'main',
    head: 'The main thread takes.',
    rest: 'A bell wakes it; it copies out from the head and hands the same bytes to the archive and to every socket.',
  },
  {
    who: 'full',
    head: 'Full is a number.',
    rest: 'Then the worker holds back, in order; after that producers are asked to wait. Nothing accepted is dropped.',
  },
]

/** How to read the picture, in the colours of the picture. */
export function EngineStory(_: object): View {
  return html`
    <div class="story">
      <ol>
        ${STEPS.map(({ who, head, rest }) => html`<li data-who=${who}><strong>${t(head)}</strong> ${t(rest)}</li>`)}
      </ol>
      <p class="faint">${tx('How it works, word by word: {page}, beside the sources.', { page: html`<code>docs/queue.md</code>` })}</p>
    </div>
  `
}
