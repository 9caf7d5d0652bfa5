/** What is fetched for the owner of the instance, and for whoever got a link from them. */
export { Instance } from './instance.ts'
export { Reset } from './reset.ts'
