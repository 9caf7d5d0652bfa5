export interface Page<T> {
  items: T[]
  /** Cursor of the next page, or null at the end. Opaque to callers. */
  next: string | null
}
