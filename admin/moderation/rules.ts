import { type Signal, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { RulesView } from '../../server/api.ts'
import { t } from '../language/words.ts'
import { type FormState, useForm } from '../parts/form.ts'
import type { Panel } from '../state/panel.ts'
import type { Resource } from '../state/resource.ts'
import { complaintsOf, draftOf, isChanged, type RulesDraft, rulesOf } from '../state/rules-draft.ts'
import { KeptDraft } from '../state/rules-kept.ts'
import { rebased } from '../state/rules-rebase.ts'

/** The rules being written, and those that hold. */
export interface Editing {
  draft: Signal<RulesDraft>
  saved: RulesView
  changed: boolean
  /** It was typed before this page was opened. */
  cameBack: Signal<boolean>
  form: FormState
  set(change: Partial<RulesDraft>): void
  discard(): void
  /** One rule at once, without what else is typed. */
  saveAlone(change: Partial<Switches>): Promise<void>
}

export interface EditingProps {
  panel: Panel
  editing: Editing
}

type Switches = Pick<RulesView, 'firstTimers' | 'everything'>

export function useRules(panel: Panel, rules: Resource<RulesView>, saved: RulesView): Editing {
  const kept = useMemo(() => new KeptDraft(window, panel.works.here.peek()?.id ?? ''), [])
  const before = useMemo(() => kept.read(saved), [])
  const draft = useSignal<RulesDraft>(before ?? draftOf(saved))
  const cameBack = useSignal(before !== null && isChanged(before, saved))
  const base = useRef(saved)
  // Somebody else has saved: from here on what is written stands on their rules, so that saving it takes none of them away.
  if (base.current !== saved) draft.value = rebased(draft.peek(), base.current, saved)
  base.current = saved
  const changed = isChanged(draft.value, saved)
  // At each change, not after the next paint: the page may be left before that.
  useEffect(
    () => draft.subscribe((now) => kept.write(isChanged(now, saved) ? { draft: now, base: saved } : null)),
    [saved],
  )
  const form = useForm(
    async () => {
      const next = await panel.api.saveRules(rulesOf(draft.peek()))
      rules.set(next)
      draft.value = draftOf(next)
      cameBack.value = false
      panel.toasts.ok(t('The rules are saved. They hold from the next message on.'))
    },
    () => complaintsOf(draft.peek()),
  )
  return {
    draft,
    saved,
    changed,
    cameBack,
    form,
    set: (change) => {
      draft.value = { ...draft.peek(), ...change }
    },
    discard: () => {
      draft.value = draftOf(saved)
      cameBack.value = false
      form.fields.value = {}
      form.error.value = null
    },
    async saveAlone(change) {
      const next = await panel.api.saveRules({ ...saved, ...change })
      rules.set(next)
      draft.value = { ...draft.peek(), ...change }
    },
  }
}
