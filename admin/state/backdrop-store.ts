/** Where this browser keeps somebody's own picture behind the preview. */

const DATABASE = 'crosschat.editor'
const STORE = 'backdrop'
/** One picture a browser. */
const KEY = 'own'

/** Whose it is: the next person who signs in here does not see it. */
interface Kept {
  channelId: string
  picture: Blob
}

/** Null where there is none, it is somebody else's, or the browser keeps nothing. */
export async function keptBackdrop(channelId: string): Promise<Blob | null> {
  const kept = await inStore<Kept | undefined>('readonly', (store) => store.get(KEY)).catch(() => undefined)
  return kept?.channelId === channelId && kept.picture instanceof Blob ? kept.picture : null
}

/** False when this browser does not keep it: storage is full or forbidden. */
export function keepBackdrop(channelId: string, picture: Blob): Promise<boolean> {
  return stored((store) => store.put({ channelId, picture } satisfies Kept, KEY))
}

export function forgetBackdrop(): Promise<boolean> {
  return stored((store) => store.delete(KEY))
}

function stored(ask: (store: IDBObjectStore) => IDBRequest): Promise<boolean> {
  return inStore('readwrite', ask).then(
    () => true,
    () => false,
  )
}

/** Resolves when the transaction is done, so that what was written stays. */
async function inStore<R>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<R> {
  const database = await opened()
  try {
    return await new Promise<R>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = ask(transaction.objectStore(STORE))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('Another window holds the database.'))
  })
}
