import * as assert from 'uvu/assert'
import type { Page } from './browsers.ts'

/** More than a page has stops. */
const MOST_STOPS = 150

/** Somebody who has no pointer; every stop must be seen, and there must always be one. */
export class Keys {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  type(text: string): Promise<void> {
    return this.#page.keyboard.type(text)
  }

  /** Presses Tab, or Shift+Tab, until the focus is on what this selector finds; every stop on the way is seen. */
  async tabTo(selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await this.#page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector)
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if (await this.isAt(selector)) return
      await this.press(key)
      // Behind the last stop lies the window, and then the first one.
      const where = await this.#page.evaluate(lookAtFocus)
      if (where.on !== 'body') assert.ok(where.seen, `${where.on} is seen when it has the focus`)
    }
    throw new Error(`${key} does not come to ${selector}.`)
  }

  /** Once this is there, the focus is on something, and is seen. */
  async arrive(selector: string): Promise<void> {
    await this.#page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector)
    await this.#page.waitForFunction(() => document.activeElement !== document.body)
    await this.assertSeen(selector)
  }

  /** Once this is gone, the focus is on something, and is seen. */
  async leave(selector: string): Promise<void> {
    await this.#page.waitForFunction((unwanted) => document.querySelector(unwanted) === null, selector)
    await this.assertSeen(`after ${selector}`)
  }

  /** The focus is on what this finds, soon. */
  async expectAt(selector: string): Promise<void> {
    await this.#page.waitForFunction((wanted) => document.activeElement?.matches(wanted) === true, selector)
    await this.assertSeen(selector)
  }

  async assertSeen(when: string): Promise<void> {
    const { on, seen } = await this.#page.evaluate(lookAtFocus)
    assert.is.not(on, 'body', `${when}: something has the focus`)
    assert.ok(seen, `${when}: ${on} is seen when it has the focus`)
  }

  isAt(selector: string): Promise<boolean> {
    return this.#page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)
  }
}

/**
 * Runs in the page. A ring of two pixels around what has the focus, or around the picture that stands for it; a heading that is
 * for listeners alone has none.
 */
function lookAtFocus(): { on: string; seen: boolean } {
  const at = document.activeElement ?? document.body
  const picture = at.parentElement?.querySelector(':scope > .miniature')
  const seen = [at, ...(picture ? [picture] : [])].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each)
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  })
  const unseen = at.matches('h1.unseen')
  return { on: at === document.body ? 'body' : at.outerHTML.slice(0, 120), seen: seen || unseen }
}
