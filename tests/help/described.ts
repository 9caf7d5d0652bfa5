import { Ajv2020 } from 'ajv/dist/2020.js'
import { type Answer, jsonOf } from './doors.ts'

type Json = Record<string, unknown>
type Operation = Json & { responses: Record<string, Json> }
export interface Document extends Json {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Json; responses: Record<string, Json> }
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])
const WHOLE = 'whole'

/** Holds answers against the description of the API. What is not described there counts as wrong, be it one field. */
export class Described {
  readonly #document: Document
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  /** Calls that were answered with what they are for. */
  readonly #answered = new Set<string>()

  constructor(document: Document) {
    this.#document = closed(document)
    this.#ajv.addSchema({ $id: WHOLE, ...this.#document })
  }

  /** Every call, as `GET /api/streams/{id}`. */
  get calls(): string[] {
    return Object.entries(this.#document.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((method) => METHODS.has(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
  }

  /** Calls whose good answer was never seen. */
  get unseen(): string[] {
    return this.calls.filter((call) => !this.#answered.has(call))
  }

  /** What is wrong with the answer, as a sentence; null = it is as described. */
  problemWith(method: string, address: string, answer: Answer): string | null {
    const path = this.#pathOf(method, address)
    if (path === null) return `${method} ${address} is described nowhere`
    const call = `${method} ${path}`
    const problem = this.#problem(method.toLowerCase(), path, answer)
    if (problem === null && answer.status < 300) this.#answered.add(call)
    return problem === null ? null : `${call} answered ${answer.status} ${answer.text.slice(0, 300)}\n${problem}`
  }

  #pathOf(method: string, address: string): string | null {
    const asked = (address.split('?')[0] ?? '').split('/')
    const fits = (path: string) => {
      const parts = path.split('/')
      return parts.length === asked.length && parts.every((part, at) => part.startsWith('{') || part === asked[at])
    }
    const known = Object.keys(this.#document.paths).filter(
      (path) => fits(path) && this.#document.paths[path]?.[method.toLowerCase()] !== undefined,
    )
    // `…/me` before `…/{id}`.
    return known.sort((one, other) => one.split('{').length - other.split('{').length)[0] ?? null
  }

  #problem(method: string, path: string, answer: Answer): string | null {
    const responses = this.#document.paths[path]?.[method]?.responses ?? {}
    const given = responses[answer.status]
    if (given === undefined) {
      return `Its description knows only ${Object.keys(responses).join(', ')}: name the error in the route’s \`fails\`, or the answer in \`or\`.`
    }
    const named = typeof given.$ref === 'string' ? given.$ref.slice('#/components/responses/'.length) : null
    const { content } = (named === null ? given : this.#document.components.responses[named]) as { content?: Json }
    if (content === undefined) return answer.text === '' ? null : 'Its description says that nothing comes.'
    const type = String(answer.headers['content-type']).split(';')[0] ?? ''
    if (content[type] === undefined) return `Its description knows no ${type}, only ${Object.keys(content).join(', ')}.`
    if (type !== 'application/json' || !('schema' in Object(content[type]))) return null
    const place =
      named === null ? ['paths', path, method, 'responses', String(answer.status)] : ['components', 'responses', named]
    return this.#misfit([...place, 'content', type, 'schema'], jsonOf<unknown>(answer))
  }

  #misfit(place: string[], value: unknown): string | null {
    const pointer = place
      .map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))
      .map(encodeURIComponent)
      .join('/')
    const fits = this.#ajv.compile({ $ref: `${WHOLE}#/${pointer}` })
    if (fits(value)) return null
    return (fits.errors ?? [])
      .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
      .join('\n')
  }
}

/** The description says that fields may be added; here one that is not described counts as wrong. */
function closed(document: Document): Document {
  const copy = structuredClone(document)
  close(copy.components.schemas)
  for (const operations of Object.values(copy.paths)) {
    for (const { responses } of Object.values(operations)) close(responses)
  }
  return copy
}

function close(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if ('properties' in value && !('additionalProperties' in value)) Object.assign(value, { additionalProperties: false })
  for (const each of Object.values(value)) close(each)
}
