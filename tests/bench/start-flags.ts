import { readFile } from 'node:fs/promises'

/** What `npm start` gives node. Asked for in the project's folder. */
export async function flagsOfStart(): Promise<string[]> {
  const { scripts }: { scripts: { start: string } } = JSON.parse(await readFile('package.json', 'utf8'))
  return scripts.start.split(' ').filter((word) => word.startsWith('--'))
}
