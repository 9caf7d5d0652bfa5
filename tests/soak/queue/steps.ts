import { type AtomicOps, WORD } from '../../../workers/queue/layout.ts'

/** The operations on shared memory of one thread, each of them a step before which something can be done. */

export const OPERATIONS = [
  'load',
  'store',
  'add',
  'exchange',
  'compareExchange',
  'wait',
  'waitAsync',
  'notify',
] as const

export function stepped(before: (operation: number, word: number) => void): AtomicOps {
  const operations = OPERATIONS.map((name, operation) => [
    name,
    (...args: [Int32Array, number]) => {
      before(operation, args[1])
      return Reflect.apply(Atomics[name], undefined, args)
    },
  ])
  return Object.fromEntries(operations)
}

/** What a thread was about to do: "store tail". */
export function nameOfStep(operation: number, word: number): string {
  const name = Object.entries(WORD).find(([, index]) => index === word)?.[0] ?? String(word)
  return `${OPERATIONS[operation] ?? operation} ${name}`
}
