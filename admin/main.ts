import { h, render } from 'preact'
import { asApiError } from './api.ts'
import { listenToKeys } from './keyboard.ts'
import { speak } from './language/language.ts'
import { Root } from './pages/root.ts'
import { createPanel } from './state/panel.ts'
import { shortcuts } from './state/shortcuts.ts'

const panel = createPanel(window)
const place = document.getElementById('panel')
const { language } = panel.preferences
// Drawn once its words are here; English if they cannot be fetched.
void speak(language.value, window)
  .catch((thrown: unknown) => panel.toasts.failed(asApiError(thrown)))
  .finally(() => place && render(h(Root, { panel }), place))
listenToKeys(document, shortcuts(panel, window), () => panel.preferences.shortcuts.value && Boolean(panel.me.value))
void panel.enter()
