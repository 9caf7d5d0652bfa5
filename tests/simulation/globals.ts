/** Puts these in the place of what the platform has under their names. Returns what gives its own back. */
export function installGlobals(values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map(own)
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  return () => {
    for (const [name, property] of before) {
      Reflect.deleteProperty(globalThis, name)
      if (property !== undefined) Object.defineProperty(globalThis, name, property)
    }
  }
}

/** What a page asks of its browser besides its network: it is seen, and painted so often. */
export const SEEN_PAGE = {
  document: { hidden: false },
  requestAnimationFrame: (frame: () => void) => setTimeout(frame, FRAME_MS),
  cancelAnimationFrame: (timer: NodeJS.Timeout) => clearTimeout(timer),
}

const FRAME_MS = 16

function own(name: string): [string, PropertyDescriptor | undefined] {
  return [name, Object.getOwnPropertyDescriptor(globalThis, name)]
}
