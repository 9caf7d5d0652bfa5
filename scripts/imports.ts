/** Which modules a source file names: import and export-from, of values and of types, `import()` as value and as type. */

export interface Import {
  specifier: string
  line: number
  /** Only types cross: the line is gone when it runs. */
  typeOnly: boolean
}

const NAMED = /\b(?:from|import)\s*(['"])|\bimport\s*\(\s*(['"])/g

export function importsOf(source: string): Import[] {
  const code = blankOut(source)
  return Array.from(code.matchAll(NAMED), (match) => {
    const start = match.index + match[0].length
    const end = code.indexOf(match[1] ?? match[2] ?? '', start)
    return {
      specifier: source.slice(start, end),
      line: code.slice(0, start).split('\n').length,
      typeOnly: match[2] === undefined ? inTypeStatement(code, match.index) : asType(code, match.index, end),
    }
  })
}

/** Whether the statement that ends in this `from` begins with `import type` or `export type`. */
function inTypeStatement(code: string, at: number): boolean {
  const statement = Array.from(code.slice(0, at).matchAll(/\b(?:import|export)\b/g)).at(-1)
  return statement !== undefined && /^\w+\s+type\s+(?!from\b|,)/.test(code.slice(statement.index))
}

/** `typeof import('x')` and `import('x').Name` are types; `import('x')` and `import('x').then` are values. */
function asType(code: string, start: number, end: number): boolean {
  if (/\btypeof\s*$/.test(code.slice(0, start))) return true
  return /^.\s*\)\s*\.\s*(?!then\b|catch\b|finally\b)\w/s.test(code.slice(end))
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*|[\w$]+|\S/gs
const TEMPLATE_END = /(?:\\.|\$(?!\{)|[^\\`$])*(`|\$\{|$)/sy
/** After one of these a slash begins a regular expression, after any other word it divides. */
const BEFORE_REGEX = /^(?:return|typeof|case|in|of|await|void|yield|delete|throw|else|do)$/

/** The same text, of the same length, with comments, regular expressions and the insides of strings made blank. */
function blankOut(source: string): string {
  return new Blanking(source).all()
}

class Blanking {
  readonly #source: string
  /** What is decided so far; its length is the place in the source. */
  #code = ''
  /** Open braces inside each open `${`, innermost last. */
  readonly #depths: number[] = []
  #previous = ''

  constructor(source: string) {
    this.#source = source
  }

  all(): string {
    TOKEN.lastIndex = 0
    for (let found = TOKEN.exec(this.#source); found !== null; found = TOKEN.exec(this.#source)) {
      this.#keep(found.index)
      this.#token(found[0], found.index + found[0].length)
      TOKEN.lastIndex = this.#code.length
    }
    this.#keep(this.#source.length)
    return this.#code
  }

  #token(token: string, end: number): void {
    if (token.startsWith('//') || token.startsWith('/*')) {
      this.#blank(end)
      return
    }
    if (token === '`') this.#template(end)
    else if (token === '}' && this.#depths.at(-1) === 0) this.#resumeTemplate(end)
    else if (token.length > 1 && token.startsWith('/')) this.#slash(end)
    else if (/^['"]./s.test(token)) this.#string(end)
    else this.#plain(token, end)
    this.#previous = token
  }

  #keep(upTo: number): void {
    this.#code += this.#source.slice(this.#code.length, upTo)
  }

  #blank(upTo: number): void {
    this.#code += this.#source.slice(this.#code.length, upTo).replace(/[^\n]/g, ' ')
  }

  #template(from: number): void {
    TEMPLATE_END.lastIndex = from
    if (TEMPLATE_END.exec(this.#source)?.[1] === '${') this.#depths.push(0)
    this.#blank(TEMPLATE_END.lastIndex)
  }

  #resumeTemplate(from: number): void {
    this.#depths.pop()
    this.#template(from)
  }

  #slash(end: number): void {
    const divides = /[\w$)\]}'"`]$/.test(this.#previous) && !BEFORE_REGEX.test(this.#previous)
    if (divides) this.#keep(this.#code.length + 1)
    else this.#blank(end)
  }

  #string(end: number): void {
    this.#keep(this.#code.length + 1)
    this.#blank(end - 1)
    this.#keep(end)
  }

  #plain(token: string, end: number): void {
    const depth = this.#depths.length - 1
    if (depth >= 0 && (token === '{' || token === '}'))
      this.#depths[depth] = (this.#depths[depth] ?? 0) + (token === '{' ? 1 : -1)
    this.#keep(end)
  }
}
