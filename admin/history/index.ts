export { History } from './history.ts'
export { StreamPage } from './stream.ts'
