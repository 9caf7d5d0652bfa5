import { StorageError } from '../../../workers/keeping/storage-error.ts'
import { CrossChatError } from '../../errors.ts'

/** What the disk refused, as an error with a code and a sentence that ends with `outcome`; whatever else went wrong stays as it is. */
export function diskFailure(error: unknown, outcome: string): unknown {
  const refused = error instanceof StorageError || (error instanceof Error && 'syscall' in error)
  if (!refused) return error
  return new CrossChatError('storage_failed', {
    message: `${error.message.replace(/\.?$/, '.')} ${outcome}`,
    cause: error,
  })
}
