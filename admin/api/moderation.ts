import type {
  DeedView,
  HeldView,
  PageView,
  PeopleView,
  PersonView,
  ProducedView,
  RulesView,
  StageView,
  TrialVerdict,
} from '../../server/api.ts'
import { type Call, query } from './call.ts'

/** What moderators do, and the rules. */

const DEEDS_PAGE = 50

/** Somebody of a platform, by the platform's own id. */
export interface Person {
  platform: string
  authorId: string
}
/** One message, or all of one person. */
export type Target = { id: string } | Person
/** A message that nobody wrote, and rules to try on it. */
export interface Trial {
  text: string
  name?: string
  first: boolean
  rules: RulesView
}
export const moderationCalls = (call: Call) => ({
  hide: (target: Target) => call<unknown>('POST', '/api/moderation/hide', target),
  unhide: (target: Target) => call<unknown>('POST', '/api/moderation/unhide', target),
  /** From now on, and with all that they have written. */
  hidePerson: (person: Person & { name: string; note?: string; lasts?: number | 'stream' }) =>
    call<PersonView>('POST', '/api/moderation/people', person),
  notePerson: ({ platform, authorId }: Person, note: string) =>
    call<PersonView>('POST', '/api/moderation/people/note', { platform, authorId, note }),
  showPerson: ({ platform, authorId }: Person) =>
    call<void>('POST', '/api/moderation/people/show', { platform, authorId }),
  people: () => call<PeopleView>('GET', '/api/moderation/people'),
  held: () => call<HeldView>('GET', '/api/moderation/held'),
  release: (id: string) => call<ProducedView>('POST', `/api/moderation/held/${encodeURIComponent(id)}/release`),
  refuse: (id: string) => call<ProducedView>('POST', `/api/moderation/held/${encodeURIComponent(id)}/refuse`),
  deeds: (cursor: string | null) =>
    call<PageView<DeedView>>('GET', `/api/moderation/log?${query({ limit: DEEDS_PAGE, cursor })}`),
  feature: (id: string | null) => call<StageView>('POST', '/api/moderation/feature', { id }),
  panic: (on: boolean) => call<StageView>('POST', '/api/moderation/panic', { on }),
  slow: (on: boolean) => call<StageView>('POST', '/api/moderation/slow', { on }),
  rules: () => call<RulesView>('GET', '/api/moderation/rules'),
  saveRules: (rules: RulesView) => call<RulesView>('PUT', '/api/moderation/rules', rules),
  /** Takes a change back, by its entry in the log. */
  takeBackRules: (id: string) => call<RulesView>('POST', `/api/moderation/rules/undo/${id}`),
  tryRules: (trial: Trial) => call<TrialVerdict>('POST', '/api/moderation/rules/test', trial),
})
