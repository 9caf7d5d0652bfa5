import { z } from 'zod'
import { MAX_PASSWORD, MIN_PASSWORD, passwordComplaint } from '../password-rule.ts'
import type { ChannelRole } from '../protocol.ts'
import { shownName } from './shapes.ts'

/** Coming in, and being somebody. */

const newPassword = z
  .string()
  .check((field) => {
    const message = passwordComplaint(field.value)
    if (message !== null) field.issues.push({ code: 'custom', message, input: field.value })
  })
  .meta({ minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD })

export const RegisterBody = z.strictObject({
  username: z
    .string()
    .trim()
    .min(3)
    .max(32)
    .regex(/^[\p{L}\p{N}_.-]+$/u, 'letters, digits, dot, dash and underscore'),
  password: newPassword,
  channel: shownName(50).optional(),
  setupToken: z.string().max(100).optional(),
  /** The token of an invitation. */
  invite: z.string().max(100).optional(),
})

export const LoginBody = z.strictObject({ username: z.string().max(100), password: z.string().max(MAX_PASSWORD) })
export const PasswordBody = z.strictObject({ current: z.string().max(MAX_PASSWORD), next: newPassword })
export const ResetPasswordBody = z.strictObject({ token: z.string().max(100), password: newPassword })

export interface AccountView {
  id: string
  username: string
  owner: boolean
  createdAt: number
}

export interface ChannelView {
  id: string
  name: string
}

export interface MeView {
  account: AccountView
  /** Their own. */
  channel: ChannelView
  /** All that they work in, their own first. */
  channels: WorkplaceView[]
}

export interface WorkplaceView extends ChannelView {
  role: ChannelRole
}

/** Somebody signed in, somewhere. */
export interface SessionView {
  id: string
  /** The one that asks. */
  current: boolean
  since: number
  /** To within five minutes. */
  seenAt: number
  /** In words, such as "Firefox on Windows"; empty = not known. */
  browser: string
}

/** How a stranger may come in. */
export interface DoorView {
  registration: 'open' | 'invite' | 'closed'
  /** No account exists: whoever registers now owns the instance. */
  first: boolean
  /** The first account needs the set-up token, because the caller is not on this machine. */
  setupToken: boolean
}
