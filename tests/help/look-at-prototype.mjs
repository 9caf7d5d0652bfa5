import { isMainThread } from 'node:worker_threads'

/** Read before a test's server: at SIGUSR2 its main thread says what every object there has, besides what the language gives it. */

if (isMainThread) {
  const given = new Set(Reflect.ownKeys(Object.prototype))
  process.on('SIGUSR2', () => {
    const added = Reflect.ownKeys(Object.prototype).filter((key) => !given.has(key))
    process.stdout.write(`every object has [${added.map(String).join(' ')}]\n`)
  })
}
