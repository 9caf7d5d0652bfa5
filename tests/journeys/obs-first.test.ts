import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { type RunningServer, startServer, temporaryData } from '../help/server.ts'

/** OBS is opened before the server: the file that waits, opened from the disk as OBS opens it. */

const test = suite('obs first')
let data: Awaited<ReturnType<typeof temporaryData>>
let panel: Panel
let file: string
let port: number

test.before(async () => {
  data = await temporaryData()
  const server = await startServer({ dataDir: join(data.path, 'kept') })
  port = server.port
  panel = await Panel.register(server.base, 'early_bird')
  const { id } = await panel.overlay()
  file = join(data.path, 'crosschat-overlay.html')
  await writeFile(file, await (await panel.call('GET', `/api/overlays/${id}/waiting-file`)).text())
  await server.end()
})
test.after(() => data.remove())

const start = (): Promise<RunningServer> => startServer({ dataDir: join(data.path, 'kept'), port })

for (const engine of engines) {
  test(`the overlay comes by itself once the server is there (${engine})`, async () => {
    const browser = await openEngine(engine)
    const page = await openPage(browser, { viewport: { width: 600, height: 800 } })
    const complaints: string[] = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('console', (line) => {
      if (/Content Security Policy|CORS/i.test(line.text())) complaints.push(line.text())
    })
    const failed = page.waitForEvent('requestfailed')
    await page.goto(pathToFileURL(file).href)
    await failed
    assert.is(await page.evaluate(() => document.body.innerText.trim()), '')
    assert.is(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgba(0, 0, 0, 0)')
    const again = page.waitForEvent('requestfailed')
    await again
    const server = await start()
    await page.waitForURL(`${server.base}/overlay`.replace(/$/, '**'))
    await page.waitForFunction(() => document.querySelector('ol.cc-feed[data-state=live]') !== null)
    await panel.at(server.base).pushLines([ircLine(`early-${engine}`, 'good morning')])
    await page.waitForFunction(() => document.querySelector('li.cc-msg')?.textContent?.includes('good morning'))
    assert.equal(complaints, [])
    await browser.close()
    await server.end()
  })

  test(`another program on the same port is not gone to (${engine})`, async () => {
    const browser = await openEngine(engine)
    const page = await openPage(browser)
    let asked = 0
    const stranger = createServer((_, response) => {
      asked += 1
      response.writeHead(502, { 'Access-Control-Allow-Origin': '*' }).end('<h1>Bad gateway</h1>')
    })
    await new Promise<void>((listening) => stranger.listen(port, '127.0.0.1', listening))
    await page.goto(pathToFileURL(file).href)
    while (asked < 3) await page.waitForEvent('response')
    assert.match(page.url(), /^file:/)
    await browser.close()
    stranger.closeAllConnections()
    await new Promise((closed) => stranger.close(closed))
  })
}

test('holds the key once, as the address does', async () => {
  const text = await readFile(file, 'utf8')
  const { key } = await readKey()
  assert.is(text.split(key).length, 2)
})

async function readKey(): Promise<{ key: string }> {
  const server = await start()
  const { key } = await panel.at(server.base).overlay()
  await server.end()
  return { key }
}

test.run()
