import type { About, ChatEvent, ServerFrame } from '../server/protocol.ts'

/** The kinds of event that can be drawn, and what else moves the feed. */

export type Message = Extract<ChatEvent, { kind: 'message' }>
export type Notice = Extract<ChatEvent, { kind: 'notice' }>
export type Remove = Extract<ChatEvent, { kind: 'remove' }>
export type Clear = Extract<ChatEvent, { kind: 'clear' }>
export type Restore = Extract<ChatEvent, { kind: 'restore' }>
export type Drawable = Message | Notice

export type Author = Message['author']
export type Role = Author['roles'][number]
export type Part = Message['parts'][number]
export type Money = NonNullable<Message['money']>
export type Reply = NonNullable<Message['reply']>

/** Platform id → how the worker introduced it. */
export type Platforms = Readonly<Record<string, About>>

/** What the feed takes in: a frame from the server, or the passing of time. */
export type Word = ServerFrame | { type: 'tick' }
