/** The threads beside the main one, each with its entry in `workers/`. */
export type ThreadName = 'unified' | 'archive' | 'password'

/** Where a thread's entry is: the source while the sources run, the built file when the built ones do. */
export function threadAddress(name: ThreadName): URL {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new URL(`../workers/${name}.worker.${ending}`, import.meta.url)
}
