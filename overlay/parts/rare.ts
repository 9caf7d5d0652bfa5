/** What only some settings ask for; see on-demand.ts. Imports nothing that the page itself holds, so that nothing is torn apart. */
export { cutText } from './cut-text.ts'
export { isKeyedOut } from './keyed-out.ts'
export { settle } from './settle.ts'
export { stillAddress } from './still.ts'
export { timeOfDay } from './time.ts'
