/** Blocks within blocks in stored CSS. Chromium 127 reads them by recursion: some 1,000 crash the page. */
export const MAX_CSS_DEPTH = 32

/** Escapes, comments, strings up to their quote or the line's end, and brackets. */
const TOKEN = /\\(?:\r\n|[\s\S])|\/\*[\s\S]*?(?:\*\/|$)|(["'])(?:\\(?:\r\n|[\s\S])|(?!\1)[^\\\n\r\f])*\1?|[()[\]{}]/g
const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/**
 * How deep the blocks stand within each other; rather too much than too little. A bracket closes nothing but its own kind, as in
 * a browser. What looks like a string or a comment within `url(` is none, so what opens there counts.
 */
export function depthOf(css: string): number {
  const open: string[] = []
  let [depth, deepest] = [0, 0]
  for (const [token] of css.matchAll(TOKEN)) {
    if (token in CLOSING) {
      if (open.at(-1) === CLOSING[token] && open.pop() === '{') depth -= 1
    } else if (token.length === 1) {
      open.push(token)
      if (token === '{') depth += 1
    } else if (open.at(-1) === '(') depth += token.split('{').length - 1
    deepest = Math.max(deepest, depth)
  }
  return deepest
}
