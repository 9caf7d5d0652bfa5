import { html, type View } from '../html.ts'

/** How to read the picture, in the colours of the picture. */
export function EngineStory(_: object): View {
  return html`
    <div class="story">
      <ol>
        <li data-who="worker"><strong>The worker writes.</strong> It turns what the platforms send into events, encodes each once, and copies whole batches in at the tail.</li>
        <li data-who="lock"><strong>A lock guards the copy.</strong> Both threads take it for millionths of a second. Only the worker ever sleeps for it.</li>
        <li data-who="main"><strong>The main thread takes.</strong> A bell wakes it; it copies out from the head and hands the same bytes to the archive and to every socket.</li>
        <li data-who="full"><strong>Full is a number.</strong> Then the worker holds back, in order; after that producers are asked to wait. Nothing accepted is dropped.</li>
      </ol>
      <p class="faint">How it works, word by word: <code>docs/queue.md</code>, beside the sources.</p>
    </div>
  `
}
