import { Validator } from '@seriousme/openapi-schema-validator'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Rates } from '../../../server/middleware/rate.ts'
import { allRoutes } from '../../../server/routes/index.ts'
import { addressOf } from '../../../server/routes/openapi.ts'
import { BESIDE, TAGS } from '../../../server/routes/openapi-text.ts'
import type { Route } from '../../../server/routes/route.ts'
import type { Document } from '../../help/described.ts'
import { ask, type Doors, jsonOf, openDoors } from '../../help/doors.ts'

interface Scene {
  doors: Doors
  routes: Route[]
  document: Document
}

const test = suite<Scene>('routes: openapi')
test.before(async (scene) => {
  const doors = await openDoors()
  const routes = allRoutes(doors.house, new Rates(doors.house.metrics))
  const document = jsonOf<Document>(await ask(doors.port, { path: '/api/openapi.json' }))
  Object.assign(scene, { doors, routes, document })
})
test.after(async ({ doors }) => doors.close())

const nameOf = ({ method, path }: Route) => `${method} ${path}`

test('gives a document that a validator accepts', async ({ document }) => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  assert.ok(valid, JSON.stringify(errors, null, 1))
})

test('describes every route and nothing else', ({ routes, document }) => {
  const served = routes.map(({ method, path }) => `${method} ${addressOf(path)}`)
  const beside = BESIDE.map(({ path }) => `GET ${path}`)
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  assert.equal(described.sort(), [...served, ...beside, 'GET /api/openapi.json', 'GET /api/docs'].sort())
})

test('says of every route what it answers', ({ routes }) => {
  for (const route of routes) {
    assert.ok(
      route.gives !== undefined,
      `${nameOf(route)} does not say what it answers: give its route \`gives\`, a schema of server/answers, or null where nothing comes.`,
    )
  }
})

test('has an example of every body, and the call takes it', ({ routes }) => {
  for (const route of routes) {
    if (route.body === undefined) continue
    assert.ok(
      route.example !== undefined,
      `${nameOf(route)} takes a body and shows none: give its route an \`example\`.`,
    )
    const { success, error } = route.body.safeParse(route.example)
    assert.ok(success, `${nameOf(route)} does not take its own example: ${error?.message}`)
  }
})

test('names every call once and puts it under a known tag', ({ document }) => {
  const operations = Object.values(document.paths).flatMap((each) => Object.values(each))
  const names = operations.map(({ operationId }) => operationId)
  assert.is(new Set(names).size, names.length)
  const tags = new Set(TAGS.map(({ name }) => name))
  for (const { operationId, tags: own } of operations) {
    assert.ok(Array.isArray(own) && own.every((tag) => tags.has(tag)), `${operationId} has no known tag`)
  }
})

test('says who may call, and as whom', ({ document }) => {
  const { paths } = document
  assert.equal(paths['/api/streams']?.post?.security, [{ session: [] }, { dock: [] }])
  assert.equal(paths['/api/search']?.get?.security, [{ session: [] }, { key: [] }])
  assert.equal(paths['/api/overlay/stream']?.get?.security, [{ overlay: [] }])
  assert.is(paths['/api/search']?.get?.['x-least-role'], 'viewer')
})

test.run()
