import { h, render } from 'preact'
import { listenToKeys } from './keyboard.ts'
import { Root } from './pages/root.ts'
import { createPanel } from './state/panel.ts'
import { shortcuts } from './state/shortcuts.ts'

const panel = createPanel(window)
const place = document.getElementById('panel')
if (place) render(h(Root, { panel }), place)
listenToKeys(document, shortcuts(panel, window), () => panel.preferences.shortcuts.value && Boolean(panel.me.value))
void panel.enter()
