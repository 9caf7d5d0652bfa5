import { h } from 'preact'
import { html, type View } from '../html.ts'
import { type Text, t, told } from '../language/words.ts'
import type { Panel } from '../state/panel.ts'
import { Toggle } from './field.ts'

const SHORTCUTS: readonly [keys: string[], does: Text][] = [
  [['/'], 'Filter the feed'],
  [['Space'], 'Pause or go on'],
  [['j', 'k'], 'Next and previous message'],
  [['h'], 'Hide the selected message'],
  [['u'], 'Show it again'],
  [['f'], 'Feature it, or take it down'],
  [['m'], 'Mark it as a moment'],
  [['Enter'], 'Who wrote it'],
  [['→'], 'To the buttons of the selected message'],
  [['Shift', 'H'], 'Hide overlay now'],
  [['g', 'l'], 'Go to Live'],
  [['g', 'h'], 'Go to History'],
  [['g', 'o'], 'Go to Overlays'],
  [['g', 'm'], 'Go to Moderation'],
  [['g', 'a'], 'Go to Accounts'],
  [['Ctrl', 'Enter'], 'Send in the simulator'],
  [['Ctrl', 'S'], 'Publish, in the editor'],
  [['Ctrl', 'Z'], 'Undo, in the editor; with Shift, redo'],
  [['?'], 'This list'],
]

/** What the keys do, and whether those of one letter do anything. */
export function ShortcutList({ panel }: { panel: Panel }): View {
  const { shortcuts } = panel.preferences
  return html`
    <dl class="shortcuts">
      ${SHORTCUTS.map(
        ([keys, does]) =>
          html`<div><dt>${keys.map((key) => html`<kbd>${told(key)}</kbd>`)}</dt><dd>${t(does)}</dd></div>`,
      )}
    </dl>
    ${h(Toggle, {
      label: t('Single-key shortcuts'),
      on: shortcuts.value,
      onSwitch: (on) => {
        shortcuts.value = on
      },
    })}
  `
}
