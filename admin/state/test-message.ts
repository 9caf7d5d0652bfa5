import type { Panel } from './panel.ts'

const TEST = { kind: 'message', name: 'CrossChat', text: 'Hello! This is a test message. Your overlay works.' } as const

/** One simulated message on the first platform, so that a person sees it arrive before any account is connected. */
export async function sendTest({ api, platforms, toasts }: Pick<Panel, 'api' | 'platforms' | 'toasts'>): Promise<void> {
  const platform = platforms.value?.items[0]?.id
  if (platform === undefined) return
  try {
    await api.sendSample({ platform, ...TEST })
  } catch (thrown) {
    toasts.failed(thrown as Error)
  }
}
