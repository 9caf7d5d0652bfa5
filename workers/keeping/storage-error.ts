/** The disk did not take or give what was asked, and nothing was changed. The server's word for it is `storage_failed`. */
export class StorageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'StorageError'
  }
}

/** What was asked came after the end: whoever holds the data is closed. */
export class ClosedError extends StorageError {}

/** How this floor tells what it did to a file; whoever builds it decides where that is logged. */
export type Note = (level: 'info' | 'warn' | 'error', text: string, fields: Record<string, unknown>) => void
