/**
 * PostgreSQL keeps any text but the zero character and halves of surrogate pairs: as JSON it stores them, and then fails wherever a column
 * is taken out of such a document. So they stand there as a mark and their code, and so does the mark itself.
 */

const MARK = '\uf8ff'
/** In JSON text as JSON.stringify writes it; an escaped backslash is passed over. */
const UNSTORABLE = /\\\\|\\u(0000|d[89a-f][0-9a-f]{2})|\uf8ff/g
const STORED = /\uf8ff([0-9a-f]{4})/g

/** JSON text as it is stored. */
export function stored(json: string): string {
  return json.replace(UNSTORABLE, (found, code: string | undefined) => {
    if (found === MARK) return `${MARK}f8ff`
    return code === undefined ? found : MARK + code
  })
}

/** JSON text as it was. */
export function asItWas(json: string): string {
  return json.replace(STORED, (_, code: string) => (code === 'f8ff' ? MARK : `\\u${code}`))
}

/** As above, of a text that stands by itself. */
export function textAsItWas(text: string): string {
  return text.includes(MARK) ? JSON.parse(asItWas(JSON.stringify(text))) : text
}

/** A text that is compared with one which stands in a stored document. */
export function storedText(text: string): string {
  const fine = text.isWellFormed() && !text.includes('\0') && !text.includes(MARK)
  return fine ? text : JSON.parse(stored(JSON.stringify(text)))
}
