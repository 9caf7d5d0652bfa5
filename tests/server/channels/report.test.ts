import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Reports, readAgent, readReport } from '../../../server/channels/report.ts'

const test = suite('report')

const NOW = 1_780_000_000_000
const REPORT = {
  type: 'report',
  visible: true,
  active: false,
  streaming: null,
  recording: true,
  build: 'b1',
  painted: 1_500,
  rows: 4,
  queue: 0,
}
const read = (more: object = {}) => readReport(JSON.stringify({ ...REPORT, ...more }), NOW)

test('puts what a page says on the server’s clock', () => {
  const { type: _, painted: __, ...told } = REPORT
  assert.equal(read(), { ...told, at: NOW, paintedAt: NOW - 1_500 })
  assert.is(read({ painted: null })?.paintedAt, null)
  assert.is(read({ painted: 603.699951171875 })?.paintedAt, NOW - 604)
})

test('lets fields of later releases through and keeps none of them', () => {
  assert.equal(read({ later: 'x'.repeat(500) }), read())
})

test('refuses what is no report, and what no page can be', () => {
  const wrong = [
    { type: 'hello' },
    { visible: null },
    { active: 'yes' },
    { streaming: undefined },
    { build: 'b'.repeat(65) },
    { painted: -1 },
    { painted: 1e15 },
    { rows: 0.5 },
    { rows: 1e9 },
    { queue: null },
  ]
  for (const each of wrong) assert.is(read(each), null, JSON.stringify(each))
  for (const text of ['', '[]', 'null', '{"type":"report"']) assert.is(readReport(text), null)
})

test('takes thirty reports in ten seconds and no more', () => {
  const reports = new Reports()
  const taken = Array.from({ length: 40 }, (_, index) => reports.enter(20_000 + index)).filter((each) => each)
  assert.is(taken.length, 30)
  assert.is(reports.enter(30_001), true)
})

test('finds the versions of OBS and its engine in the user agent', () => {
  const obs =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.6533.120 Safari/537.36'
  assert.equal(readAgent(`${obs} OBS/32.2.2`), { version: '32.2.2', engine: '127.0.6533.120' })
  assert.equal(readAgent(obs), { version: null, engine: '127.0.6533.120' })
  assert.equal(readAgent(`${obs} OBS/30.1.0-rc1<b>`), { version: '30.1.0', engine: '127.0.6533.120' })
  assert.equal(readAgent('HeadlessChrome/103 NotOBS/1'), { version: null, engine: null })
  assert.equal(readAgent(''), { version: null, engine: null })
})

test.run()
