import { z } from 'zod'
import { ErrorAnswer } from '../answers/instance.ts'
import { DeliveredBody } from '../answers/webhook.ts'
import { ERRORS, type ErrorCode } from '../errors.ts'
import { CHANNEL_HEADER } from '../middleware/signed-in.ts'
import { VERSION } from '../version.ts'
import { BESIDE, DELIVERY, SERVERS, TAGS, tagOf } from './openapi-text.ts'
import { type Gives, IN_CHANNEL, type Route, route, type Who } from './route.ts'
import { byStatus, errorsOf } from './route-errors.ts'
import { type Json, Schemas } from './schemas.ts'

/** The description of the API, made from the routing table and from the same schemas that check its requests. */

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
const SCHEMES = {
  session: { type: 'apiKey', in: 'cookie', name: 'cc', description: 'Whoever is signed in.' },
  key: { type: 'http', scheme: 'bearer', description: 'An API key, made in the panel with a scope.' },
  dock: { type: 'http', scheme: 'bearer', description: 'A dock’s key: what stands behind the # of its address.' },
  overlay: {
    type: 'http',
    scheme: 'bearer',
    description: 'An overlay’s key: what stands behind the # of its address.',
  },
}
const CHANNEL = { $ref: '#/components/parameters/Channel' }
const JSON_TYPE = 'application/json'
/** Statuses whose answers say in Retry-After when to come again. */
const LATER = new Set([429, 503])

/** The route that gives the description of the given routes. */
export function describe(routes: readonly Route[]): Route {
  let document: Json | null = null
  return route(
    {
      method: 'GET',
      path: '/api/openapi.json',
      who: 'anyone',
      does: 'Describes these calls as OpenAPI 3.1.',
      gives: z.record(z.string(), z.unknown()),
    },
    () => {
      document ??= openApi(routes)
      return document
    },
  )
}

export function openApi(routes: readonly Route[]): Json {
  const schemas = new Schemas()
  const responses: Record<string, Json> = {}
  const paths: Record<string, Json> = {}
  for (const each of routes) {
    const address = addressOf(each.path)
    paths[address] = { ...paths[address], [each.method.toLowerCase()]: operation(each, schemas, responses) }
  }
  schemas.output(ErrorAnswer)
  return {
    openapi: '3.1.0',
    info: { title: 'CrossChat', version: VERSION, summary: 'Twitch, YouTube and Kick chat as one stream.' },
    servers: SERVERS,
    tags: TAGS,
    paths: { ...paths, ...beside(responses) },
    webhooks: { delivery: { post: delivery(schemas) } },
    components: {
      securitySchemes: SCHEMES,
      parameters: { Channel: channelParameter() },
      headers: { RetryAfter: { description: 'Seconds.', schema: { type: 'integer' } } },
      responses,
      schemas: schemas.components,
    },
  }
}

/** `/api/streams/:id` as `/api/streams/{id}`. */
export function addressOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

function operation(each: Route, schemas: Schemas, responses: Record<string, Json>): Json {
  const parameters = parametersOf(each, schemas)
  const body = requestBody(each, schemas)
  return {
    operationId: nameOf(each),
    tags: [tagOf(each.path)],
    summary: each.does,
    ...(each.least === undefined
      ? {}
      : { 'x-least-role': each.least, description: `Least role in the channel: ${each.least}.` }),
    security: SECURITY[each.who],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: body }),
    responses: { ...successes(each, schemas), ...failures(errorsOf(each), responses) },
  }
}

/** `GET /api/streams/:id/events` as `getStreamsIdEvents`. */
function nameOf({ method, path }: Route): string {
  const words = path.replace(/^\/api\//, '').split(/[^A-Za-z0-9]+/)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

function parametersOf({ path, query, who }: Route, schemas: Schemas): Json[] {
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1])
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  const inChannel = (IN_CHANNEL as readonly Who[]).includes(who) ? [CHANNEL] : []
  return [...inPath, ...(query === undefined ? [] : queryParameters(schemas.input(query))), ...inChannel]
}

function queryParameters(schema: unknown): Json[] {
  const { properties = {}, required = [] } = schema as { properties?: Json; required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

/** A body that may be left out counts as an empty one. */
function requestBody({ body, example, takes }: Route, schemas: Schemas): Json | null {
  if (takes !== undefined) return { required: true, content: Object.fromEntries(takes.map((type) => [type, {}])) }
  if (body === undefined) return null
  const content = { schema: schemas.input(body), ...(example === undefined ? {} : { example }) }
  return { required: !body.safeParse({}).success, content: { [JSON_TYPE]: content } }
}

function successes(each: Route, schemas: Schemas): Record<string, Json> {
  const { gives, or = {}, does } = each
  if (gives === undefined) return { default: { description: does } }
  const answer = (given: Gives) => ({ description: does, ...contentOf(given, schemas) })
  const others = Object.entries(or).map(([status, given]) => [status, answer(given)])
  return { [each.status ?? (gives === null ? 204 : 200)]: answer(gives), ...Object.fromEntries(others) }
}

function contentOf(given: Gives, schemas: Schemas): Json {
  if (given === null) return {}
  if (given instanceof z.ZodType) return { content: { [JSON_TYPE]: { schema: schemas.output(given) } } }
  return {
    content: Object.fromEntries(given.map((type) => [type, type === JSON_TYPE ? {} : { schema: { type: 'string' } }])),
  }
}

function beside(responses: Record<string, Json>): Record<string, Json> {
  const operations = BESIDE.map(({ path, fails, operation, answer }) => [
    path,
    { get: { ...operation, responses: { 200: answer, ...failures(byStatus(fails), responses) } } },
  ])
  return Object.fromEntries(operations)
}

/** What CrossChat itself sends. */
function delivery(schemas: Schemas): Json {
  return {
    ...DELIVERY,
    requestBody: { required: true, content: { [JSON_TYPE]: { schema: schemas.output(DeliveredBody) } } },
    responses: { '2XX': { description: 'Taken. Whatever else is answered counts as failed and is tried again.' } },
  }
}

/** Each set of codes that goes with a status stands once, named for them. */
function failures(errors: ReturnType<typeof errorsOf>, responses: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(
    errors.map(([status, codes]) => {
      const name = codes.join('.')
      responses[name] ??= failure(status, codes)
      return [String(status), { $ref: `#/components/responses/${name}` }]
    }),
  )
}

function failure(status: number, codes: readonly ErrorCode[]): Json {
  const code = { type: 'object', properties: { code: { enum: codes } } }
  const schema = { allOf: [{ $ref: '#/components/schemas/Error' }, { type: 'object', properties: { error: code } }] }
  return {
    description: codes.map((each) => `\`${each}\`: ${ERRORS[each][1]}`).join('\n\n'),
    ...(LATER.has(status) ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
    content: { [JSON_TYPE]: { schema } },
  }
}

function channelParameter(): Json {
  return {
    name: CHANNEL_HEADER,
    in: 'header',
    required: false,
    description: 'The channel that the call speaks of; not given: the caller’s own. `?channel=` says the same.',
    schema: { type: 'string' },
  }
}
