import type {
  AddressCheckView,
  DoorView,
  EngineView,
  InstanceSettingsView,
  InstanceView,
  InviteView,
  LogView,
  PageView,
  ResetLinkView,
  TenantView,
} from '../../server/api.ts'
import { type Call, query } from './call.ts'

/** What the owner of the instance sees and decides. */

const TENANTS_PAGE = 25
const LOG_PAGE = 500

export const instanceCalls = (call: Call) => ({
  engine: () => call<EngineView>('GET', '/api/instance/engine'),
  instance: () => call<InstanceView>('GET', '/api/instance'),
  setInstance: (change: { registration?: DoorView['registration']; channelBytes?: number }) =>
    call<InstanceSettingsView>('PATCH', '/api/instance/settings', change),
  inviteToInstance: () => call<InviteView>('POST', '/api/instance/invites', {}),
  tenants: (cursor: string | null) =>
    call<PageView<TenantView>>('GET', `/api/instance/accounts?${query({ limit: TENANTS_PAGE, cursor })}`),
  suspend: (id: string, suspended: boolean) => call<TenantView>('PATCH', `/api/instance/accounts/${id}`, { suspended }),
  removeTenant: (id: string, username: string) => call<void>('DELETE', `/api/instance/accounts/${id}`, { username }),
  resetLink: (id: string) => call<ResetLinkView>('POST', `/api/instance/accounts/${id}/reset`),
  log: (after: number, level: LogView['items'][number]['level']) =>
    call<LogView>('GET', `/api/instance/log?${query({ after, level, limit: LOG_PAGE })}`),
  addressCheck: () => call<AddressCheckView>('POST', '/api/instance/address-checks'),
})
