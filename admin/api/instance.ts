import { type Signal, signal } from '@preact/signals'
import type {
  AddressCheckView,
  DoorView,
  EngineView,
  InstanceSettingsView,
  InstanceView,
  InviteView,
  LogView,
  NodesView,
  PageView,
  ResetLinkView,
  TenantView,
} from '../../server/api.ts'
import { type Call, query } from './call.ts'
import { asApiError } from './error.ts'

/** What the owner of the instance sees and decides. */

const TENANTS_PAGE = 25
const LOG_PAGE = 500
const NOT_THERE = 404

export const instanceCalls = (call: Call) => {
  const looked: Signal<string> = signal('')
  const of = asking(call, looked)
  return {
    ...wholeCalls(call),
    /** Of several servers the one that is looked at; '' = whichever answers first. */
    looked,
    nodes: () => call<NodesView>('GET', '/api/instance/nodes'),
    engine: () => of<EngineView>('/api/instance/engine'),
    instance: () => of<InstanceView>('/api/instance'),
    log: (after: number, level: LogView['items'][number]['level']) =>
      of<LogView>('/api/instance/log', { after, level, limit: LOG_PAGE }),
  }
}

/** Asks the same server again and again: figures of different ones make no line. One that is not there any more is let go of. */
function asking(call: Call, looked: Signal<string>) {
  return async <T extends { node?: string }>(path: string, more: Record<string, string | number> = {}): Promise<T> => {
    const ask = (node: string) => call<T>('GET', withQuery(path, query({ ...more, node })))
    const asked = looked.peek()
    const view = await ask(asked).catch((thrown: unknown) => {
      if (asked === '' || asApiError(thrown).status !== NOT_THERE) throw thrown
      return ask('')
    })
    if (looked.peek() === asked) looked.value = view.node ?? ''
    return view
  }
}

function withQuery(path: string, text: string): string {
  return text === '' ? path : `${path}?${text}`
}

const wholeCalls = (call: Call) => ({
  setInstance: (change: { registration?: DoorView['registration']; channelBytes?: number }) =>
    call<InstanceSettingsView>('PATCH', '/api/instance/settings', change),
  inviteToInstance: () => call<InviteView>('POST', '/api/instance/invites', {}),
  tenants: (cursor: string | null) =>
    call<PageView<TenantView>>('GET', `/api/instance/accounts?${query({ limit: TENANTS_PAGE, cursor })}`),
  suspend: (id: string, suspended: boolean) => call<TenantView>('PATCH', `/api/instance/accounts/${id}`, { suspended }),
  removeTenant: (id: string, username: string) => call<void>('DELETE', `/api/instance/accounts/${id}`, { username }),
  resetLink: (id: string) => call<ResetLinkView>('POST', `/api/instance/accounts/${id}/reset`),
  addressCheck: () => call<AddressCheckView>('POST', '/api/instance/address-checks'),
})
