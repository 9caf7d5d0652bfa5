import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../server/errors.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { LIMITS, Rates } from '../../../server/middleware/rate.ts'

const test = suite<{ rates: Rates; metrics: ReturnType<typeof createMetrics> }>('middleware/rate')
test.before.each((context) => {
  context.metrics = createMetrics()
  context.rates = new Rates(context.metrics)
})
test.after.each(({ metrics }) => {
  metrics.close()
})

async function refusal(work: Promise<void>): Promise<CrossChatError | null> {
  try {
    await work
    return null
  } catch (error) {
    assert.instance(error, CrossChatError)
    return error as CrossChatError
  }
}

test('refuses the call after the last allowed one, by key and by limit', async ({ rates, metrics }) => {
  const { points, seconds } = LIMITS.login
  for (let calls = 0; calls < points; calls++) await rates.take('login', 'one')
  const refused = await refusal(rates.take('login', 'one'))
  assert.is(refused?.code, 'too_many')
  const wait = refused?.retryAfter ?? 0
  assert.ok(wait >= 1 && wait <= seconds, String(wait))
  assert.is(await refusal(rates.take('login', 'two')), null)
  assert.is(await refusal(rates.take('loginAddress', 'one')), null)
  assert.match(await metrics.registry.metrics(), /cc_limited_total\{route="login"\} 1/)
})

test('forgets and gives back', async ({ rates }) => {
  for (let calls = 0; calls < LIMITS.login.points * 3; calls++) {
    await rates.take('login', 'one')
    await rates.giveBack('login', 'one')
  }
  for (let calls = 0; calls < LIMITS.login.points; calls++) await rates.take('login', 'one')
  assert.ok(await refusal(rates.take('login', 'one')))
  await rates.clear('login', 'one')
  assert.is(await refusal(rates.take('login', 'one')), null)
})

test('keeps no window longer than a day: a timer cannot', () => {
  for (const { seconds } of Object.values(LIMITS)) assert.ok(seconds <= 86_400)
})

test('forgets the oldest when callers make up keys', async ({ rates }) => {
  for (let calls = 0; calls <= LIMITS.login.points; calls++) await refusal(rates.take('login', 'first'))
  for (let n = 0; n < 20_000; n++) await rates.take('login', `made up ${n}`)
  assert.is(await refusal(rates.take('login', 'first')), null)
})

test.run()
