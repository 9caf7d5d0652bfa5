/** What is fetched when somebody goes to the people of a channel, to their own settings, or follows an invitation. */
export { Invited } from './invited.ts'
export { People } from './people.ts'
export { Register } from './register.ts'
export { Settings } from './settings.ts'
