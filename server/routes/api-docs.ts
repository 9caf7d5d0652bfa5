import { createHash } from 'node:crypto'
import type Koa from 'koa'
import { API_STYLE } from './api-docs-style.ts'
import { openApi } from './openapi.ts'
import { type Route, route } from './route.ts'
import type { Json } from './schemas.ts'

/** The description of the API as a page to read: no script, nothing loaded, so that it also can be saved as a file. */

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(API_STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
const BY: Readonly<Record<string, string>> = {
  session: 'signed in',
  key: 'API key',
  dock: 'dock key',
  overlay: 'overlay key',
}

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Record<string, unknown>[]
  parameters?: Json[]
  requestBody?: { content: Record<string, { example?: unknown; schema?: unknown }> }
  responses: Record<string, Json>
}
interface Document {
  info: { version: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { responses: Record<string, { description: string }>; schemas: Json }
}
interface Call {
  method: string
  path: string
  operation: Operation
}

/** The route that shows the given routes. */
export function apiDocs(routes: readonly Route[]): Route {
  let page: string | null = null
  return route(
    {
      method: 'GET',
      path: '/api/docs',
      who: 'anyone',
      does: 'Shows these calls as a page to read.',
      gives: ['text/html'],
    },
    ({ ctx }) => {
      page ??= pageOf(openApi(routes) as unknown as Document)
      asPage(ctx)
      return page
    },
  )
}

function asPage(ctx: Koa.Context): void {
  ctx.type = 'text/html; charset=utf-8'
  ctx.set('Content-Security-Policy', POLICY)
}

function pageOf(document: Document): string {
  const calls = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  )
  const groups = document.tags.map(({ name, description }) => {
    const own = calls.filter(({ operation }) => operation.tags.includes(name)).map((call) => callHtml(call, document))
    return `<section id="${idOf(name)}" aria-labelledby="${idOf(name)}-name"><h2 id="${idOf(name)}-name">${safe(name)}</h2><p>${safe(description)}</p>${own.join('')}</section>`
  })
  const links = document.tags.map(({ name }) => `<li><a href="#${idOf(name)}">${safe(name)}</a></li>`)
  const shapes = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="shape-${safe(name)}"><summary><code>${safe(name)}</code></summary>${codeHtml(schema)}</details>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="dark light">
<title>API · CrossChat</title><style>${API_STYLE}</style></head>
<body>
<header><h1>CrossChat API</h1><p>Version ${safe(document.info.version)}. For programs: <a href="/api/openapi.json">openapi.json</a>.</p></header>
<nav aria-label="Groups of calls"><ul>${links.join('')}<li><a href="#shapes">Shapes</a></li></ul></nav>
<main>${groups.join('')}<section id="shapes" aria-labelledby="shapes-name"><h2 id="shapes-name">Shapes</h2>${shapes.join('')}</section></main>
</body>
</html>
`
}

function callHtml({ method, path, operation }: Call, document: Document): string {
  const by = operation.security.flatMap((each) => Object.keys(each)).map((name) => BY[name] ?? name)
  const { summary, description = '', operationId } = operation
  return `<details id="${safe(operationId)}"><summary><code class="method">${method}</code> <code>${safe(path)}</code> <span>${marked(summary)}</span></summary>
<p>Who: ${by.length === 0 ? 'anyone' : safe(by.join(', '))}. ${safe(description)}</p>${parametersHtml(operation)}${bodyHtml(operation)}${answersHtml(operation, document)}</details>`
}

function parametersHtml({ parameters = [] }: Operation): string {
  const own = parameters.filter(({ name }) => name !== undefined)
  if (own.length === 0) return ''
  const items = own.map(
    ({ name, in: place, required, schema }) =>
      `<li><code>${safe(String(name))}</code> <small>${safe(String(place))}${required === true ? ', needed' : ''}</small> ${codeHtml(schema)}</li>`,
  )
  return `<h3>Parameters</h3><ul>${items.join('')}</ul>`
}

function bodyHtml({ requestBody }: Operation): string {
  if (requestBody === undefined) return ''
  const parts = Object.entries(requestBody.content).map(
    ([type, { example, schema }]) =>
      `<p><code>${safe(type)}</code></p>${example === undefined ? '' : codeHtml(example)}${schema === undefined ? '' : codeHtml(schema)}`,
  )
  return `<h3>Body</h3>${parts.join('')}`
}

function answersHtml({ responses }: Operation, { components }: Document): string {
  const items = Object.entries(responses).map(([status, answer]) => {
    const named = typeof answer.$ref === 'string' ? components.responses[answer.$ref.split('/').at(-1) ?? ''] : null
    if (named) return `<dt>${safe(status)}</dt><dd>${named.description.split('\n\n').map(marked).join('<br>')}</dd>`
    const content = Object.entries((answer.content ?? {}) as Record<string, { schema?: unknown }>)
    const shown = content.map(
      ([type, { schema }]) => `<code>${safe(type)}</code>${schema === undefined ? '' : codeHtml(schema)}`,
    )
    return `<dt>${safe(status)}</dt><dd>${shown.join('') || 'Nothing comes.'}</dd>`
  })
  return `<h3>Answers</h3><dl>${items.join('')}</dl>`
}

/** JSON whose references lead to the shapes. Can be scrolled by keyboard. */
function codeHtml(value: unknown): string {
  const text = safe(JSON.stringify(value, null, 2) ?? '')
  const linked = text.replace(/#\/components\/schemas\/(\w+)/g, (_, name) => `<a href="#shape-${name}">${name}</a>`)
  return `<pre tabindex="0"><code>${linked}</code></pre>`
}

const marked = (text: string): string => safe(text).replace(/`([^`]+)`/g, '<code>$1</code>')
const idOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '-')

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)
