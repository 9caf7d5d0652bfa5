import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import {
  dragAddress,
  madeOf,
  maskedAddress,
  obsIsStreaming,
  placeOf,
  SOURCE,
  sourceOf,
  standingOf,
} from '../../../admin/state/obs.ts'
import type { OverlayClient, PageReport } from '../../../server/protocol.ts'

const test = suite('admin/state/obs')

const URL_WITH_KEY = 'http://localhost:3000/overlay#AbC_d-9'

test('adds what OBS reads on a drop and leaves the key where it is', () => {
  const expected = 'http://localhost:3000/overlay?layer-name=CrossChat&layer-width=600&layer-height=800#AbC_d-9'
  assert.is(dragAddress(URL_WITH_KEY, SOURCE), expected)
})

test('keeps a name with any letters whole on its way', () => {
  const address = dragAddress(URL_WITH_KEY, { name: 'Chat & Überblick #1', width: 1920, height: 1080 })
  assert.is(new URL(address).searchParams.get('layer-name'), 'Chat & Überblick #1')
  assert.is(new URL(address).hash, '#AbC_d-9')
})

test('hands OBS only names and sides that it takes', () => {
  assert.equal(sourceOf({ name: '  ', width: Number.NaN, height: 0 }), { name: 'CrossChat', width: 600, height: 1 })
  assert.equal(sourceOf({ name: ' Side ', width: 9_000, height: 20.6 }), { name: 'Side', width: 8_192, height: 21 })
})

const REPORT: PageReport = {
  ...{ visible: true, active: true, streaming: null, recording: null, build: 'b', rows: 0, queue: 0 },
  ...{ at: 1, paintedAt: null },
}
const client = (report: Partial<PageReport> | null, more: Partial<OverlayClient> = {}): OverlayClient => ({
  ...{ overlay: 'o', name: '600×800', obs: '2.26.9', since: 1, version: '32.2.2', engine: '127.0.6533.120' },
  ...{ report: report && { ...REPORT, ...report } },
  ...more,
})

test('says where a page is to be seen, with a light of another shape', () => {
  assert.equal(standingOf(client({})), { word: 'On programme', light: 'on' })
  assert.equal(standingOf(client({ active: false })), { word: 'Shown, not on programme', light: 'quiet' })
  assert.equal(standingOf(client({ visible: false })), { word: 'Not shown', light: 'off' })
  assert.is(standingOf(client({ active: null })).word, 'Shown')
  assert.is(standingOf(client({ active: null }, { obs: null })).word, 'In front')
  assert.is(standingOf(client(null)).word, 'Open')
})

test('names a page by its OBS, and tells what it is made of', () => {
  assert.is(placeOf(client({})), 'OBS 32.2.2')
  assert.is(placeOf(client({}, { version: null })), 'OBS')
  assert.is(placeOf(client({}, { version: null, obs: null })), '600×800')
  assert.is(placeOf(client({}, { version: null, obs: null, name: '' })), 'A browser')
  assert.is(madeOf(client({})), 'Chromium 127 · browser source 2.26.9')
  assert.is(madeOf(client({}, { obs: null, engine: null })), '')
})

test('knows that OBS streams when one of its pages says so', () => {
  assert.is(obsIsStreaming(null), false)
  assert.is(obsIsStreaming({ overlays: [client(null), client({ streaming: false })] }), false)
  assert.is(obsIsStreaming({ overlays: [client({}), client({ streaming: true })] }), true)
})

test('never shows the key, nor how long it is', () => {
  assert.is(maskedAddress(URL_WITH_KEY), `http://localhost:3000/overlay#${'•'.repeat(12)}`)
})

test.run()
