/** The threads beside the main one, each with its entry in `workers/`. */
export type ThreadName = 'unified' | 'archive' | 'password'

/**
 * Where a thread's built entry is. Also while the sources run through a loader: a loader does not reach into threads, so
 * they always run what `npm run build` made.
 */
export function threadAddress(name: ThreadName): URL {
  const root = import.meta.url.endsWith('.ts') ? '../dist/workers' : '../workers'
  return new URL(`${root}/${name}.worker.js`, import.meta.url)
}
