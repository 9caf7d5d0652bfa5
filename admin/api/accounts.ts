import type { DoorView, MeView, SessionView } from '../../server/api.ts'
import type { Call } from './call.ts'

/** Coming in, and being somebody. */

export interface Credentials {
  username: string
  password: string
}
export const accountCalls = (call: Call) => ({
  /** How one may come in. */
  door: () => call<DoorView>('GET', '/api/auth'),
  me: () => call<MeView>('GET', '/api/auth/me'),
  login: (body: Credentials) => call<MeView>('POST', '/api/auth/login', body),
  register: (body: Credentials & { channel?: string; setupToken?: string; invite?: string }) =>
    call<MeView>('POST', '/api/auth/register', body),
  logout: () => call<void>('POST', '/api/auth/logout'),
  changePassword: (body: { current: string; next: string }) => call<void>('POST', '/api/auth/password', body),
  /** The own one, with its channel. */
  removeAccount: (body: Credentials) => call<void>('DELETE', '/api/auth/me', body),
  resetPassword: (token: string, password: string) => call<void>('POST', '/api/auth/reset', { token, password }),
  sessions: () => call<{ items: SessionView[] }>('GET', '/api/auth/sessions'),
  endSession: (id: string) => call<void>('DELETE', `/api/auth/sessions/${id}`),
  endOtherSessions: () => call<void>('DELETE', '/api/auth/sessions'),
})
