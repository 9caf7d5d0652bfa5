import { useSignal } from '@preact/signals'
import { Check, Copy as CopyIcon } from 'lucide'
import { h } from 'preact'
import type { View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from './button.ts'

const SAID_MS = 2_000

/** A button that copies, and says so in its own word. */
export function CopyButton({
  text,
  label,
  tone = 'plain',
}: {
  text: string
  label: string
  tone?: 'plain' | 'primary' | 'ghost'
}): View {
  const said = useSignal<'Copied' | 'Copy failed' | null>(null)
  const onPress = async () => {
    said.value = (await copy(text)) ? 'Copied' : 'Copy failed'
    setTimeout(() => {
      said.value = null
    }, SAID_MS)
  }
  const icon = said.value === 'Copied' ? Check : CopyIcon
  return h(Button, { label: said.value === null ? label : t(said.value), icon, tone, onPress: () => void onPress() })
}

/** `navigator.clipboard` is missing on plain http in a home network; there the old way still works. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'unseen'
  const place = document.querySelector('dialog[open]') ?? document.body
  place.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  return done
}
