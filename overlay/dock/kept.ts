/** A list as the server has it, fetched anew when somebody says that it is another one. */
export class Kept<View> {
  readonly #fetch: () => Promise<View>
  readonly #changed: () => void
  /** Of which list the view is. */
  #known = ''
  #fetching = false
  #again = false
  view: View

  constructor(fetch: () => Promise<View>, changed: () => void, empty: View) {
    this.#fetch = fetch
    this.#changed = changed
    this.view = empty
  }

  /** Whatever names the list as it is now: another name means another list. */
  want(wanted: string): void {
    if (this.#news(wanted)) void this.refresh()
  }

  /** As above, where the list is known without asking. */
  have(wanted: string, view: View): void {
    if (this.#news(wanted)) this.#become(view)
  }

  /** One call at a time; who asks meanwhile is answered by one more. A failure leaves the list, and whoever wants it next tries again. */
  async refresh(): Promise<void> {
    this.#again = this.#fetching
    if (this.#fetching) return
    this.#fetching = true
    try {
      this.#become(await this.#fetch())
    } catch {
      this.#known = ''
    } finally {
      this.#fetching = false
    }
    if (this.#again) await this.refresh()
  }

  #news(wanted: string): boolean {
    if (wanted === this.#known) return false
    this.#known = wanted
    return true
  }

  #become(view: View): void {
    this.view = view
    this.#changed()
  }
}
