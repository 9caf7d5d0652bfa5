import type { RulesView } from '../../server/api.ts'
import { draftOf, type RulesDraft } from './rules-draft.ts'
import { rebased } from './rules-rebase.ts'

interface Kept {
  draft: RulesDraft
  /** The rules on which it stands: what others have saved since is theirs. */
  base: RulesView
}

/** What is typed outlives a reload until it is saved. Without storage it lasts as long as the page. */
export class KeptDraft {
  readonly #storage: () => Storage
  readonly #name: string

  constructor(view: Pick<Window, 'localStorage'>, channelId: string) {
    this.#storage = () => view.localStorage
    this.#name = `crosschat.rules.${channelId}`
  }

  /** On top of what is saved by now. Null where there is none, and where it is not one of ours. */
  read(saved: RulesView): RulesDraft | null {
    try {
      const kept: unknown = JSON.parse(this.#storage().getItem(this.#name) ?? 'null')
      return isKept(kept, saved) ? rebased(kept.draft, kept.base, saved) : null
    } catch {
      return null
    }
  }

  write(kept: Kept | null): void {
    try {
      if (kept === null) this.#storage().removeItem(this.#name)
      else this.#storage().setItem(this.#name, JSON.stringify(kept))
    } catch {
      // Full or forbidden.
    }
  }
}

function isKept(value: unknown, saved: RulesView): value is Kept {
  if (typeof value !== 'object' || value === null || !('draft' in value) || !('base' in value)) return false
  const { draft, base } = value
  // Rules that cannot be read as such throw here, and the whole is none of ours.
  return isLike(draft, draftOf(saved)) && isLike(draftOf(base as RulesView), draftOf(saved))
}

/** The same fields with values of the same types. */
function isLike(value: unknown, model: RulesDraft): value is RulesDraft {
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map(Object.entries(value))
  const same = (name: string, like: unknown) => {
    const found: unknown = fields.get(name)
    return typeof found === typeof like && Array.isArray(found) === Array.isArray(like) && found !== null
  }
  if (!Object.entries(model).every(([name, like]) => same(name, like))) return false
  const words: unknown = fields.get('words')
  return (
    Array.isArray(words) && words.every((word: unknown) => typeof word === 'object' && word !== null && 'text' in word)
  )
}
