/** What is fetched when somebody goes to Docks. */
export { DocksPage } from './docks.ts'
