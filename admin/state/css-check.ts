import { t } from '../language/words.ts'

/** What a browser would leave out of a style sheet without a word, told by its line. Advice: the sheet is kept as it is. */

export interface CssTrouble {
  line: number
  what: string
}
const MAX_TOLD = 5

/** `supports` = `CSS.supports`. */
export function cssTroubles(css: string, supports: (property: string, value: string) => boolean): CssTrouble[] {
  const found: CssTrouble[] = []
  const open: number[] = []
  let line = 1
  let piece = ''
  for (const sign of withoutComments(css)) {
    if (sign === '\n') line++
    if (sign === '{') open.push(line)
    if (sign === '}' && open.length === 0) found.push({ line, what: t('a } without its {') })
    if (open.length > 0 && (sign === ';' || sign === '}')) found.push(...declaration(piece, line, supports))
    if (sign === '}') open.pop()
    if (sign === ';' || sign === '{' || sign === '}') piece = ''
    else piece += sign
  }
  for (const from of open) found.push({ line: from, what: t('this { is never closed') })
  return found.slice(0, MAX_TOLD)
}

const PROPERTY = /^-?[a-z][a-z-]*$/i
const IMPORTANT = '!important'

/** A piece between two signs that is a declaration, and one that the browser does not know. */
function declaration(
  piece: string,
  line: number,
  supports: (property: string, value: string) => boolean,
): CssTrouble[] {
  // Without one pattern for all of it: that would try every way to share out the blanks of a long string.
  const colon = piece.indexOf(':')
  const property = piece.slice(0, Math.max(0, colon)).trim()
  const value = withoutImportant(piece.slice(colon + 1).trim())
  if (!PROPERTY.test(property) || value === '') return []
  if (property.startsWith('--') || /\bvar\(/.test(value) || supports(property, value)) return []
  const known = supports(property, 'inherit')
  const what = known
    ? t('“{value}” is no value of “{property}”', { value, property })
    : t('unknown property “{property}”', { property })
  return [{ line: line - (piece.length - piece.trimEnd().length > 0 ? newlinesAtEnd(piece) : 0), what }]
}

function withoutImportant(value: string): string {
  return value.toLowerCase().endsWith(IMPORTANT) ? value.slice(0, -IMPORTANT.length).trimEnd() : value
}

const newlinesAtEnd = (piece: string) => piece.slice(piece.trimEnd().length).split('\n').length - 1

/** Comments and strings as blanks; lines stay where they are. */
function withoutComments(css: string): string {
  return css.replace(/\/\*[\s\S]*?(\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (text) => {
    const blank = text.replace(/[^\n]/g, ' ')
    return text.startsWith('/*') ? blank : `"${blank.slice(2)}"`
  })
}
