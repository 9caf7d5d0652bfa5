import { asApiError } from '../api.ts'
import { t } from '../language/words.ts'
import type { Panel } from './panel.ts'

const TEST = { kind: 'message', name: 'CrossChat' } as const

/** One simulated message, so that a person sees it arrive before any account is connected. Without a platform, on the first. False when it was refused, which is told. */
export async function sendTest(
  { api, platforms, toasts }: Pick<Panel, 'api' | 'platforms' | 'toasts'>,
  platform = platforms.value?.items[0]?.id,
): Promise<boolean> {
  if (platform === undefined) return false
  try {
    await api.sendSample({ platform, ...TEST, text: t('Hello! This is a test message. Your overlay works.') })
    return true
  } catch (thrown) {
    toasts.failed(asApiError(thrown))
    return false
  }
}
