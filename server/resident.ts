let last = 0

/** Resident memory of the process, bytes. Linux says it in a file: without a descriptor left it is what it was when there was one. */
export function residentBytes(): number {
  try {
    last = process.memoryUsage.rss()
  } catch {
    // Whoever asks wants a figure, and does not end because of it.
  }
  return last
}
