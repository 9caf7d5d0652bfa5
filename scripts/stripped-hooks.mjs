import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

// Gives the modules of a project as `strip.ts` has written them. Plain JavaScript: it runs in the thread of the module loader, which has none itself.

let root = ''
let folder = ''

export function initialize(told) {
  root = told.root
  folder = told.folder
}

export async function load(url, context, next) {
  if (!url.startsWith(root) || !url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context)
  const source = await readFile(join(folder, encodeURIComponent(url.slice(root.length))))
  return { format: 'module', source, shortCircuit: true }
}
