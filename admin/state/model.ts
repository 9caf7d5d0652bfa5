import type { EventsView } from '../../server/api.ts'
import type { ChatEvent } from '../../server/protocol.ts'

/** The model's kinds by name, taken from the words on the wire. */
export type Message = Extract<ChatEvent, { kind: 'message' }>
export type Notice = Extract<ChatEvent, { kind: 'notice' }>
export type Remove = Extract<ChatEvent, { kind: 'remove' }>
export type Restore = Extract<ChatEvent, { kind: 'restore' }>
export type Clear = Extract<ChatEvent, { kind: 'clear' }>
export type Author = Message['author']
export type Part = Message['parts'][number]
export type Role = Author['roles'][number]
export type Archived = EventsView['items'][number]
export type Gap = Extract<Archived, { kind: 'gap' }>
