/** A server that wakes, or was waited for, closes connections that lay idle for so long; what was sent on one just then is sent once more. */
export function again<T>(ask: () => Promise<T>): Promise<T> {
  return ask().catch((error) => {
    if (error instanceof TypeError && error.message === 'fetch failed') return ask()
    throw error
  })
}
