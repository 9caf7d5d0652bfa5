/** What is fetched when somebody goes to Moderation. */
export { ModerationPage } from './page.ts'
