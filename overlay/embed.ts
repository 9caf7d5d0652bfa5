/**
 * The overlay on a page of somebody's own: `<script src="https://chat.example/embed.js" data-key="…"></script>` puts a frame where it stands.
 * `data-width` and `data-height` are CSS lengths or pixels, `data-look` is what the overlay's address may have behind its `?`.
 */

const WIDTH = '100%'
const HEIGHT = '480px'

const script = document.currentScript
if (script instanceof HTMLScriptElement) script.replaceWith(frameOf(script))

function frameOf({ src, dataset }: HTMLScriptElement): HTMLIFrameElement {
  const { key = '', look = '', width, height, title = 'Chat' } = dataset
  const address = new URL('/overlay', src)
  address.search = look
  address.hash = key
  const frame = document.createElement('iframe')
  frame.title = title
  // Nothing that the overlay might be made to do reaches this page, whoever wrote the chat.
  frame.setAttribute('sandbox', 'allow-scripts')
  frame.referrerPolicy = 'no-referrer'
  frame.loading = 'lazy'
  const { style } = frame
  style.border = '0'
  // Where the page is dark, a browser would lay white behind a frame that is not.
  style.colorScheme = 'light'
  // A length that is none changes nothing.
  style.width = WIDTH
  style.height = HEIGHT
  if (width) style.width = sized(width)
  if (height) style.height = sized(height)
  frame.src = address.href
  return frame
}

/** A bare number is pixels, as in HTML. */
function sized(text: string): string {
  return /^[\d.]+$/.test(text) ? `${text}px` : text
}

export {}
