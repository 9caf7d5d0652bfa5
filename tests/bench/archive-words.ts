/** What the processes of the archive's bench say to each other. */

/** To the server: tell what you hold. */
export interface ToArchiveServer {
  type: 'memory'
}

/** From the server. */
export type FromArchiveServer = { type: 'ready'; base: string } | { type: 'memory'; rss: number }
