/** Connections of a pool that may have been closed together. */
const MOST_TRIES = 6

/** A server that wakes, or was waited for, closes connections that lay idle for so long; what was sent on one just then is sent once more. */
export async function again<T>(ask: () => Promise<T>, left = MOST_TRIES): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (left > 1 && error instanceof TypeError && error.message === 'fetch failed') return again(ask, left - 1)
    throw error
  }
}
