import type { Page } from './browsers.ts'

/** Notes every row that appears in an overlay's feed, in the order of appearance, also those that are pushed out again. */
export async function watchRows(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seenRows: seen })
    const note = (row: Element) => {
      if (row.matches('.cc-feed > li.cc-msg')) seen.push(row.getAttribute('data-id') ?? '')
    }
    document.querySelectorAll('li.cc-msg').forEach(note)
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) note(node)
    }).observe(document.body, { childList: true, subtree: true })
  })
}

export const seenRows = (page: Page): Promise<string[]> =>
  page.evaluate(() => (window as unknown as { seenRows: string[] }).seenRows.slice())
