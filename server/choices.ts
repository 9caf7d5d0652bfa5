/** What settings choose from, for the pages too. */

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export const REGISTRATION = ['open', 'invite', 'closed'] as const
export type Registration = (typeof REGISTRATION)[number]
