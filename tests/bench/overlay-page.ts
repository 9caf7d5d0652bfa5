import type { CDPSession } from '../browsers/node_modules/playwright-core/index.js'
import { type Engine, openEngine, openPage } from '../help/browsers.ts'
import type { FromPage, ToPage } from './overlay-words.ts'

/**
 * A process of the overlay bench: the real page in one of OBS's engines, and what drawing costs there. Run by a loader, since what drives
 * the engines is not part of the benches' own build.
 */

/** The size of a full canvas. */
const VIEWPORT = { width: 1_920, height: 1_080 }
const TIMELINE = ['devtools.timeline']

const [engine = '127', url = ''] = process.argv.slice(2)
const browser = await openEngine(engine as Engine)
const page = await openPage(browser, { viewport: VIEWPORT })
await page.goto(url)
await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
const session: CDPSession = await page.context().newCDPSession(page)
await session.send('Performance.enable')

process.on('message', (word: ToPage) => void answer(word))
process.once('disconnect', () => void browser.close().then(() => process.exit(0)))
say({ type: 'open' })

async function answer(word: ToPage): Promise<void> {
  if (word.type === 'frames') say({ type: 'frames', ...(await frames(word.ms)) })
  else if (word.type === 'idle') say({ type: 'idle', paints: await paints(word.ms) })
  else say({ type: 'heap', ...(await heap()) })
}

function say(word: FromPage): void {
  process.send?.(word)
}

/** Frames that the page was given, and the longest time between two of them. */
function frames(ms: number): Promise<{ perSecond: number; longest: number; rows: number }> {
  return page.evaluate(
    (span) =>
      new Promise<{ perSecond: number; longest: number; rows: number }>((resolve) => {
        const began = performance.now()
        let [count, longest, last] = [0, 0, began]
        const frame = (now: number) => {
          count++
          longest = Math.max(longest, now - last)
          last = now
          if (now - began < span) requestAnimationFrame(frame)
          else {
            const rows = document.querySelectorAll('li.cc-msg').length
            resolve({ perSecond: (count * 1_000) / (now - began), longest, rows })
          }
        }
        requestAnimationFrame(frame)
      }),
    ms,
  )
}

/** How often anything was painted in a time in which nothing happens. */
async function paints(ms: number): Promise<number> {
  await browser.startTracing(page, { categories: TIMELINE })
  await new Promise((resolve) => setTimeout(resolve, ms))
  const trace = await browser.stopTracing()
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: { name: string }[] }
  return traceEvents.filter(({ name }) => name === 'Paint').length
}

/** What lives after a collection. */
async function heap(): Promise<{ bytes: number; nodes: number }> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0
  return { bytes: value('JSHeapUsedSize'), nodes: value('Nodes') }
}
