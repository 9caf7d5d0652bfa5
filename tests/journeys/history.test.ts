import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { StreamView } from '../../server/api/streams.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { openPanel, violations } from '../help/panel-page.ts'
import { serve } from '../help/serve.ts'

/** The panel's history: search over all streams, the way to a place, deleted streams, and what is kept. */

const test = suite('panel: history')
const here = serve(test)
let people = 0

/** An account with an ended stream: 300 lines, and one by somebody else in their middle. */
async function withHistory(): Promise<{ panel: Panel; stream: StreamView }> {
  const panel = await Panel.register(here.base, `history_${people++}`)
  const stream = await panel.startStream('First light')
  const line = (nth: number) => ircLine(`h${people}-${nth}`, `line number ${nth}`)
  await panel.pushLines(Array.from({ length: 150 }, (_, nth) => line(nth)))
  await panel.pushLines([
    ircLine(`h${people}-owl`, 'an owl was here', 'Night_Owl').replace('user-id=1001', 'user-id=77'),
  ])
  await panel.pushLines(Array.from({ length: 150 }, (_, nth) => line(150 + nth)))
  await panel.endStream()
  return { panel, stream }
}

for (const theme of ['dark', 'light'] as const) {
  test(`finds what was said, with its neighbours, and leads to its place in the transcript (${theme})`, async () => {
    const { panel, stream } = await withHistory()
    const page = await openPanel(here.browser, panel, '#/history', { theme, viewport: { width: 1280, height: 900 } })
    await page.fill('#filter', 'owl -never from:night_owl')
    await page.waitForSelector('.hit')
    const hit = (await page.textContent('.hit')) ?? ''
    for (const text of ['First light', 'line number 149', 'an owl was here', 'line number 150']) {
      assert.ok(hit.includes(text), text)
    }
    assert.equal(await page.locator('.understood li').allInnerTexts(), ['“owl”', 'without “never”', 'from:night_owl'])
    assert.equal(await page.locator('.hit mark').allTextContents(), ['Owl', 'owl'])
    await page.click('.search-help summary')
    assert.equal(await violations(page), [])
    await page.click('.hit')
    await page.waitForSelector('.row[data-found]')
    assert.match((await page.textContent('.row[data-found]')) ?? '', /an owl was here/)
    const box = await page.locator('.row[data-found]').boundingBox()
    assert.ok(box !== null && box.y > 0 && box.y < 900, 'it stands on the screen')
    assert.match(page.url(), new RegExp(`#/history/${stream.id}/`))
    await page.click('text=Back to the start')
    await page.waitForFunction(() => document.querySelector('.transcript .row')?.textContent?.includes('line number 0'))
  })
}

test('lists streams by title, platform and order, with who was there', async () => {
  const panel = await Panel.register(here.base, `history_${people++}`)
  for (let nth = 0; nth < 6; nth += 1) {
    await panel.startStream(`Run ${nth}`)
    if (nth > 0) await panel.pushLines(Array.from({ length: 7 - nth }, (_, each) => ircLine(`l${nth}-${each}`, 'hi')))
    await panel.endStream()
  }
  const page = await openPanel(here.browser, panel, '#/history')
  const listed = (titles: string) =>
    page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('.stream-line-title')].map((each) => each.textContent).join() === wanted,
      titles,
    )
  await listed('Run 5,Run 4,Run 3,Run 2,Run 1,Run 0')
  assert.match((await page.textContent('.stream-line')) ?? '', /1 chatter.*2 a minute at most/)
  await page.selectOption('[aria-label=Platform]', 'twitch')
  await listed('Run 5,Run 4,Run 3,Run 2,Run 1')
  await page.selectOption('[aria-label=Order]', 'messages')
  await listed('Run 1,Run 2,Run 3,Run 4,Run 5')
  await page.fill('#streams-title', 'run 3')
  await listed('Run 3')
  assert.equal(await violations(page), [])
  await page.fill('#streams-title', 'walk')
  await page.click('text=Clear filters')
  await listed('Run 5,Run 4,Run 3,Run 2,Run 1,Run 0')
})

test('jumps to a time of the evening, and back to its start', async () => {
  const panel = await Panel.register(here.base, `history_${people++}`)
  const stream = await panel.startStream('Long evening')
  const later = new Date(stream.startedAt + 2 * 3_600_000)
  const said = (id: string, text: string, at: number) =>
    ircLine(id, text).replace(/tmi-sent-ts=\d+/, `tmi-sent-ts=${at}`)
  await panel.pushLines([said('j1', 'early bird', stream.startedAt), said('j2', 'night owl', later.getTime())])
  await panel.endStream()
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.waitForSelector('.row:has-text("early bird")')
  const time = [later.getHours(), later.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  await page.fill('#jump-to', time)
  await page.waitForFunction(() => document.querySelectorAll('.transcript .row').length === 1)
  await page.waitForSelector('.row:has-text("night owl")')
  assert.equal(await violations(page), [])
  await page.click('text=Back to the start')
  await page.waitForSelector('.row:has-text("early bird")')
  assert.is(await page.inputValue('#jump-to'), '')
})

test('shows how a stream went, to pointer, keys and as a table', async () => {
  const { panel, stream } = await withHistory()
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.waitForSelector('.course-chart rect')
  await page.focus('.course-chart')
  await page.keyboard.press('End')
  const said = (await page.getAttribute('.course-chart', 'aria-valuetext')) ?? ''
  assert.match(said, /Twitch \d+/)
  assert.match((await page.textContent('.course-said')) ?? '', /Twitch/)
  assert.match((await page.textContent('.chatters')) ?? '', /Noodle_Knight\s*300\s*Night_Owl\s*1/)
  await page.click('text=As a table')
  const cells = await page.locator('.course-table td').allTextContents()
  assert.is(
    cells.reduce((sum, cell) => sum + Number(cell), 0),
    301,
  )
  assert.equal(await violations(page), [])
})

test('deletes a stream and brings it back', async () => {
  const { panel, stream } = await withHistory()
  const page = await openPanel(here.browser, panel, `#/history/${stream.id}`)
  await page.click('text=Delete…')
  await page.fill('#delete-title', 'First light')
  await page.click('text=Delete stream')
  await page.waitForSelector('.deleted-streams li')
  assert.is(await page.locator('.stream-line').count(), 0)
  assert.equal(await violations(page), [])
  await page.click('text=Bring back')
  await page.waitForSelector('.stream-line')
  assert.is((await panel.json<StreamView>('GET', `/api/streams/${stream.id}`)).title, 'First light')
})

test('asks before streams are removed for their age, and keeps to what was chosen', async () => {
  const { panel } = await withHistory()
  const page = await openPanel(here.browser, panel, '#/history')
  await page.selectOption('#retention', '90')
  await page.waitForSelector('text=Streams are kept for 90 days.')
  assert.equal(await panel.json('GET', '/api/retention'), { days: 90, due: 0 })
})

test('erases a viewer and says when that is done', async () => {
  const { panel, stream } = await withHistory()
  const page = await openPanel(here.browser, panel, '#/history')
  await page.click('text=Erase a viewer…')
  await page.selectOption('#erase-platform', 'twitch')
  await page.fill('#erase-author', '77')
  await page.click('text="Erase viewer"')
  await page.waitForSelector('text=The last erasure is done: 1 message erased.')
  assert.not.match(JSON.stringify(await panel.transcript(stream.id)), /Night_Owl|owl was here/)
})

test.run()
