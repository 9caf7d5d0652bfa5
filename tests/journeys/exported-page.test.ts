import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { html } from '../../server/routes/exports/html.ts'
import type { Archived } from '../../server/stores/archive.ts'
import { engines, openEngine, openPage } from '../help/browsers.ts'
import { message } from '../help/doors.ts'
import { temporaryData } from '../help/server.ts'

/** The exported page, opened from the disk as whoever saved it does. */

const HOSTILE = [
  '<script>globalThis.pwned = 1</script>',
  '<img src=x onerror="pwned=1"><svg onload=pwned=1>',
  '</bdi></p></body><iframe src="http://127.0.0.1:9/"></iframe>',
  '--></style><style>@import "http://127.0.0.1:9/x.css"</style>',
  '<a href="javascript:pwned=1">x</a> &lt;script&gt; &#60;b&#62;',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">',
  '<link rel=stylesheet href=//127.0.0.1:9/x.css><base href=http://127.0.0.1:9/>',
  '\u202eturned round',
]
const TITLE = '</title><script>pwned=1</script>'

function page(): string {
  const writer = html.open({ title: TITLE, startedAt: 1_700_000_000_000 }, { offset: 0 })
  const rows = HOSTILE.map((text, nth): Archived => {
    const author = { id: `${nth}`, name: text, roles: [], badges: [] }
    return message(nth + 1, text, { author } as Parameters<typeof message>[2])
  })
  return writer.head() + rows.map((row) => writer.row(row)).join('') + writer.tail()
}

const test = suite('the exported page')

for (const engine of engines) {
  test(`shows hostile names and texts as text, runs and asks for nothing (${engine})`, async () => {
    const data = await temporaryData()
    const browser = await openEngine(engine)
    try {
      const path = join(data.path, 'chat.html')
      await writeFile(path, page())
      const opened = await openPage(browser)
      const asked: string[] = []
      opened.on('request', (request) => asked.push(request.url()))
      await opened.goto(pathToFileURL(path).href, { waitUntil: 'load' })
      assert.equal(asked, [pathToFileURL(path).href])
      assert.equal(
        await opened.locator('p bdi').allTextContents(),
        HOSTILE.flatMap((text) => [text, text]),
      )
      assert.is(await opened.title(), TITLE)
      const found = await opened.evaluate(() => ({
        pwned: 'pwned' in globalThis,
        elements: [...new Set(Array.from(document.querySelectorAll('*'), ({ localName }) => localName))].sort(),
        handlers: document.querySelectorAll('[onerror], [onload], [href], [src]').length,
      }))
      const elements = ['b', 'bdi', 'body', 'h1', 'head', 'html', 'meta', 'p', 'small', 'style', 'time', 'title']
      assert.equal(found, { pwned: false, elements, handlers: 0 })
    } finally {
      await browser.close()
      await data.remove()
    }
  })
}

test.run()
