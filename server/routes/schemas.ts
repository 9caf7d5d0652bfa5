import { z } from 'zod'

export type Json = Record<string, unknown>

const DEFINED = '#/$defs/'
const COMPONENT = '#/components/schemas/'

/** Turns schemas into those of a description: what has a name of its own stands once, among the components. */
export class Schemas {
  readonly components: Record<string, unknown> = {}

  /** What a caller may send. */
  input(schema: z.ZodType): unknown {
    return this.#convert(schema, 'input')
  }

  /** What comes back. Fields may be added to answers at any time, so nothing says that there are no others. */
  output(schema: z.ZodType): unknown {
    return this.#convert(schema, 'output')
  }

  #convert(schema: z.ZodType, io: 'input' | 'output'): unknown {
    // Within an object, so that a named schema becomes a reference to itself.
    const { properties, $defs = {} } = z.toJSONSchema(z.object({ root: schema }), {
      io,
      override: ({ jsonSchema }) => {
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      },
    })
    for (const [name, defined] of Object.entries($defs)) this.components[name] ??= referring(defined)
    return referring(properties?.root)
  }
}

/** With its references led to the components, and without what only zod needs. */
function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key, each]) => !isZods(key, each))
  return Object.fromEntries(kept.map(([key, each]) => [key, key === '$ref' ? moved(each) : referring(each)]))
}

function moved(reference: unknown): string {
  return String(reference).replace(DEFINED, COMPONENT)
}

/** Its own name of a schema (a field that is called so holds a schema), and the bounds of every whole number. */
function isZods(key: string, value: unknown): boolean {
  return (key === 'id' && typeof value === 'string') || Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
}
