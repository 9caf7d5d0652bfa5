import { t } from '../language/words.ts'

/** What a stream is called where it has no title, too. */
export function titleOf({ title }: { title: string | null }): string {
  return title || t('Untitled stream')
}
