import { z } from 'zod'
import { ERRORS } from '../errors.ts'
import { VERSION } from '../version.ts'
import { type Route, route, type Who } from './route.ts'

/** The description of the API, made from the same schemas that check its requests. */

type Json = Record<string, unknown>

const ERROR_REF = { $ref: '#/components/responses/Error' }
const SECURITY: Readonly<Record<Who, Json[]>> = {
  anyone: [],
  person: [{ session: [] }],
  account: [{ session: [] }],
  owner: [{ session: [] }],
  produce: [{ session: [] }, { key: [] }],
  read: [{ session: [] }, { key: [] }],
  moderate: [{ session: [] }, { dock: [] }],
  control: [{ session: [] }, { dock: [] }],
}

/** The route that gives the description of the given routes. */
export function describe(routes: readonly Route[]): Route {
  let document: Json | null = null
  return route(
    { method: 'GET', path: '/api/openapi.json', who: 'anyone', does: 'Describes these calls as OpenAPI 3.1.' },
    () => {
      document ??= openApi(routes)
      return document
    },
  )
}

export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {}
  for (const each of routes) {
    const address = each.path.replace(/:(\w+)/g, '{$1}')
    paths[address] = { ...paths[address], [each.method.toLowerCase()]: operation(each) }
  }
  return { openapi: '3.1.0', info: { title: 'CrossChat', version: VERSION }, paths, components: components() }
}

function operation(each: Route): Json {
  const parameters = [...pathParameters(each.path), ...(each.query === undefined ? [] : queryParameters(each.query))]
  return {
    summary: each.does,
    security: SECURITY[each.who],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(each.body === undefined ? {} : { requestBody: jsonBody(each.body) }),
    responses: { [each.status ?? 200]: { description: each.does }, default: ERROR_REF },
  }
}

function pathParameters(path: string): Json[] {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1])
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function queryParameters(schema: z.ZodType): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

function jsonBody(schema: z.ZodType): Json {
  return { required: true, content: { 'application/json': { schema: z.toJSONSchema(schema, { io: 'input' }) } } }
}

function components(): Json {
  const error = z.object({
    error: z.object({
      code: z.enum(Object.keys(ERRORS) as [string, ...string[]]),
      message: z.string(),
      fields: z.record(z.string(), z.string()).optional(),
      requestId: z.string(),
    }),
  })
  return {
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'cc' },
      key: { type: 'http', scheme: 'bearer' },
      dock: { type: 'http', scheme: 'bearer' },
    },
    responses: {
      Error: {
        description: 'What went wrong, as a code and a sentence.',
        content: { 'application/json': { schema: z.toJSONSchema(error) } },
      },
    },
  }
}
