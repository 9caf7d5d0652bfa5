/** Runs before the first paint, so that nobody is flashed with the other palette. */
const stored = readStored()
if (stored === 'light' || stored === 'system') document.documentElement.dataset.theme = stored

function readStored(): string | null {
  try {
    return localStorage.getItem('crosschat.theme')
  } catch {
    return null
  }
}
