import type { Connector } from '../platform.ts'

/** What connects. */
export function connector(): Connector {
  return {
    follow(_order, ears) {
      ears.attention('This platform cannot be followed yet.')
      return { stop() {}, retry() {} }
    },
    close() {},
  }
}
