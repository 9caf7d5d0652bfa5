import { type Foreign, idOf, isObject, list, shaped } from '../../foreign.ts'
import { base, kindName, type Outcome, type Place, removal, removalOfAuthor } from './events.ts'
import type { AddItem, Answer, Contents, Continuation, Replace, Replay, Target } from './payload.ts'
import { itemEvents, openItem, PLACEHOLDER } from './renderers.ts'

/** The actions of innertube's answers. */

type Turn = (action: unknown, place: Place) => Outcome

const ACTIONS: ReadonlyMap<string, Turn> = new Map<string, Turn>([
  ['addChatItemAction', (action, place) => itemEvents(shaped<AddItem>(action).item, place)],
  ['markChatItemAsDeletedAction', removeItem],
  ['removeChatItemAction', removeItem],
  ['markChatItemsByAuthorAsDeletedAction', removeAuthor],
  ['removeChatItemByAuthorAction', removeAuthor],
  ['replaceChatItemAction', replace],
  ['addLiveChatTickerItemAction', () => 'the ticker repeats an item of the chat.'],
  ['addBannerToLiveChatCommand', () => 'a banner repeats what is pinned.'],
  ['removeBannerForLiveChatCommand', () => 'a banner was taken down.'],
  ['showLiveChatActionPanelAction', () => 'a panel of the page was opened.'],
  ['updateLiveChatPollAction', () => 'the tally of a poll changed.'],
  ['closeLiveChatActionPanelAction', () => 'a panel of the page was closed.'],
  ['showLiveChatTooltipCommand', () => 'a tooltip belongs to the page.'],
  ['liveChatReportModerationStateCommand', () => 'it reports the state of moderation.'],
])

const IS_ACTION = /(Action|Command)$/

/** The names of the actions in an entry; there is one beside the page's own bookkeeping. */
export function actionNames(value: unknown): string[] {
  return isObject(value) ? Object.keys(value).filter((name) => IS_ACTION.test(name) && isObject(value[name])) : []
}

/**
 * One entry of `actions` as events. New actions of the page come without notice: one that brings an item is shown as the item is, the
 * others change the page around the chat and are left out.
 */
export function actionEvents(value: unknown, place: Place): Outcome {
  const [name] = actionNames(value)
  if (name === undefined) return 'it is not an action.'
  const action = shaped<Foreign>(value)[name]
  return (ACTIONS.get(name) ?? ((action, place) => unknown(action, name, place)))(action, place)
}

/** The entries that a replay's action stands for, or nothing where it is of another kind. */
export function replayed(value: unknown): readonly unknown[] | undefined {
  const { replayChatItemAction } = shaped<Foreign<'replayChatItemAction'>>(value)
  return isObject(replayChatItemAction) ? list(shaped<Replay>(replayChatItemAction).actions) : undefined
}

/** The entries of a whole answer; nothing where the chat has ended, as the answer then holds no chat at all. */
export function actionsOf(answer: Answer): readonly unknown[] | undefined {
  const live = shaped<Contents>(answer.continuationContents).liveChatContinuation
  const chat = live ?? shaped<Contents>(answer.contents).liveChatRenderer
  return isObject(chat) ? list(shaped<Continuation>(chat).actions) : undefined
}

function unknown(action: unknown, name: string, place: Place): Outcome {
  const { item } = shaped<AddItem>(action)
  return openItem(item) === undefined ? `the action "${kindName(name)}" is not known.` : itemEvents(item, place)
}

function removeItem(action: unknown, place: Place): Outcome {
  const id = idOf(shaped<Target>(action).targetItemId)
  return id === undefined ? 'the removal does not name an item.' : [removal(id, undefined, undefined, place)]
}

// The same person may be removed again later, and these actions carry no time: only the delivery tells them apart.
function removeAuthor(action: unknown, place: Place): Outcome {
  const id = idOf(shaped<Target>(action).externalChannelId)
  if (id === undefined) return 'the removal does not name an author.'
  return [removalOfAuthor(base(place.key, undefined, place), id)]
}

/**
 * A placeholder in a message's stead takes the message away. A message that comes in under the same id had a
 * placeholder before it, which was never shown, so adding it is enough; one under another id takes its target's place.
 */
function replace(action: unknown, place: Place): Outcome {
  const { targetItemId, replacementItem } = shaped<Replace>(action)
  const target = idOf(targetItemId)
  if (target === undefined) return 'the replacement does not name an item.'
  const opened = openItem(replacementItem)
  const added = itemEvents(replacementItem, place)
  const own = opened !== undefined && opened.name !== PLACEHOLDER && idOf(opened.item.id) === target
  // Where nothing is left to show of it, what was shown goes.
  if (own && typeof added !== 'string') return added
  return [removal(target, undefined, undefined, place), ...(typeof added === 'string' ? [] : added)]
}
