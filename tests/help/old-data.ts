import { fileURLToPath } from 'node:url'

/** Data folders that earlier versions left, made by `scripts/make-old-data.ts`; one folder a version. */
export const OLD_DATA = fileURLToPath(new URL('../server/stores/fixtures', import.meta.url))

/** The secret that they were made with: of no other use. */
export const OLD_SECRET = 'invented for the folders of old versions alone'
