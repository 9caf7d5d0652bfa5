/** Counts what passed and what failed, and prints it: one line each, the details of a failure below, the sum last. */
export class Tally {
  #passed = 0
  #failed = 0
  readonly #took: { name: string; ms: number }[] = []

  /** One thing, or one file of many tests. `failed` > 0 prints `details` too. */
  add(name: string, counts: Counts, ms: number, details = ''): void {
    this.#passed += counts.passed
    this.#failed += counts.failed
    this.#took.push({ name, ms })
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
    const mark = counts.failed > 0 ? 'FAIL' : 'ok  '
    console.log(`${mark} ${name} (${counts.passed} passed${skipped}, ${(ms / 1000).toFixed(1)} s)`)
    if (counts.failed > 0 && details !== '') console.log(indent(details))
  }

  /** Prints what took longest, longest first. */
  tellSlowest(count: number): void {
    const slowest = this.#took.toSorted((one, other) => other.ms - one.ms).slice(0, count)
    console.log(`Slowest: ${slowest.map(({ name, ms }) => `${name} ${Math.round(ms / 1000)} s`).join(', ')}`)
  }

  /** Prints the sum as the last line, and makes the process fail when something did. */
  finish(): void {
    console.log(`${this.#passed} passed, ${this.#failed} failed`)
    if (this.#failed > 0) process.exitCode = 1
  }
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

const indent = (text: string): string => text.trimEnd().replace(/^/gm, '     ')
