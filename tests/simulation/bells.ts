/** `Atomics.waitAsync` without its thread of Node's: who waits is woken by `notify`, at once and in order, so that a seed is one run. */

interface Waiter {
  words: Int32Array
  index: number
  wake(): void
}

/** Returns what gives the real ones back. */
export function installBells(): () => void {
  const { waitAsync, notify } = Atomics
  let waiting: Waiter[] = []
  Reflect.set(Atomics, 'waitAsync', (words: Int32Array, index: number, value: number) => {
    if (Atomics.load(words, index) !== value) return { async: false, value: 'not-equal' }
    const woken = new Promise<'ok'>((resolve) => waiting.push({ words, index, wake: () => resolve('ok') }))
    return { async: true, value: woken }
  })
  Reflect.set(Atomics, 'notify', (words: Int32Array, index: number) => {
    const due = waiting.filter((each) => each.words.buffer === words.buffer && each.index === index)
    waiting = waiting.filter((each) => !due.includes(each))
    for (const { wake } of due) wake()
    return due.length
  })
  return () => {
    Reflect.set(Atomics, 'waitAsync', waitAsync)
    Reflect.set(Atomics, 'notify', notify)
  }
}
