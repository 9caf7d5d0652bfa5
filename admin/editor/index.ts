/** What is fetched when somebody goes to the overlays: everything that needs the table of settings. */
export { Editor } from './editor.ts'
export { OverlayList } from './list.ts'
