import type { Remove } from '../../workers/message.ts'
import { asTheyCame } from '../channels/audience.ts'
import type { HubDoor, PreviewsDoor } from '../house.ts'
import type { ChosenSettings } from '../look.ts'
import type { DemoAct } from '../protocol.ts'
import type { Person } from '../stores/erasures.ts'
import type { Sockets } from './sockets-elsewhere.ts'

/** What one node's doors tell the sockets of all the others. */
interface Words {
  settings: { channelId: string; overlayId: string; settings: ChosenSettings }
  looks: { channelId: string }
  noted: { channelId: string }
  reload: { channelId: string; overlayId: string }
  withdrawOverlay: { channelId: string; overlayId: string }
  withdrawDock: { channelId: string; dockId: string }
  withdrawMember: { channelId: string; accountId: string }
  memberChanged: { channelId: string; accountId: string }
  withdrawAccount: { accountId: string; keep: string | null }
  sessionChanged: { sessionId: string }
  forget: { channelId: string; person: Person }
  dress: { overlayId: string; settings: ChosenSettings }
  act: { overlayId: string; act: DemoAct | 'disconnect' }
  replay: { overlayId: string; streamId: string; speed: number }
  endReplay: { overlayId: string }
  withdrawPreviews: { overlayId: string }
}
type Word<Do extends keyof Words = keyof Words> = { [D in Do]: { do: D } & Words[D] }[Do]

/** Takes a person out of what is in memory of a channel. */
export type Forget = (channelId: string, person: Person) => void

type Shout = (text: string) => void

/** The sockets of all nodes, as one hub. Events are found among this node's own. */
export class SharedHub implements HubDoor {
  readonly #own: HubDoor
  readonly #elsewhere: (channelId: string) => Sockets
  readonly #shout: Shout

  constructor(own: HubDoor, elsewhere: (channelId: string) => Sockets, shout: Shout) {
    this.#own = own
    this.#elsewhere = elsewhere
    this.#shout = shout
  }

  clients(channelId: string) {
    return asTheyCame([...this.#own.clients(channelId), ...this.#elsewhere(channelId).overlays])
  }

  docks(channelId: string) {
    return asTheyCame([...this.#own.docks(channelId), ...this.#elsewhere(channelId).docks])
  }

  find(channelId: string, id: string) {
    return this.#own.find(channelId, id)
  }

  restorable(channelId: string, platform: string, target: Remove['target']) {
    return this.#own.restorable(channelId, platform, target)
  }

  settingsChanged(channelId: string, overlayId: string, settings: ChosenSettings): void {
    this.#own.settingsChanged(channelId, overlayId, settings)
    this.#say({ do: 'settings', channelId, overlayId, settings })
  }

  looksChanged(channelId: string): void {
    this.#own.looksChanged(channelId)
    this.#say({ do: 'looks', channelId })
  }

  noted(channelId: string): void {
    this.#own.noted(channelId)
    this.#say({ do: 'noted', channelId })
  }

  /** Those of the other nodes as they were a second ago. */
  reloadOverlay(channelId: string, overlayId: string): number {
    this.#say({ do: 'reload', channelId, overlayId })
    const there = this.#elsewhere(channelId).overlays.filter(({ overlay }) => overlay === overlayId)
    return this.#own.reloadOverlay(channelId, overlayId) + there.length
  }

  withdrawOverlay(channelId: string, overlayId: string): void {
    this.#own.withdrawOverlay(channelId, overlayId)
    this.#say({ do: 'withdrawOverlay', channelId, overlayId })
  }

  withdrawDock(channelId: string, dockId: string): void {
    this.#own.withdrawDock(channelId, dockId)
    this.#say({ do: 'withdrawDock', channelId, dockId })
  }

  withdrawAccount(accountId: string, keep: string | null): void {
    this.#own.withdrawAccount(accountId, keep)
    this.#say({ do: 'withdrawAccount', accountId, keep })
  }

  /** Every node asks the store itself whether the sessions of its panels still stand; this one need not wait for that. */
  withdrawSession(sessionId: string): void {
    this.#own.withdrawSession(sessionId)
  }

  sessionChanged(sessionId: string): void {
    this.#own.sessionChanged(sessionId)
    this.#say({ do: 'sessionChanged', sessionId })
  }

  withdrawMember(channelId: string, accountId: string): void {
    this.#own.withdrawMember(channelId, accountId)
    this.#say({ do: 'withdrawMember', channelId, accountId })
  }

  memberChanged(channelId: string, accountId: string): void {
    this.#own.memberChanged(channelId, accountId)
    this.#say({ do: 'memberChanged', channelId, accountId })
  }

  #say(word: Word): void {
    this.#shout(JSON.stringify(word))
  }
}

/** The previews of all nodes: an editor and the pages that show its draft may be on different ones. */
export class SharedPreviews implements PreviewsDoor {
  readonly #own: PreviewsDoor
  readonly #shout: Shout

  constructor(own: PreviewsDoor, shout: Shout) {
    this.#own = own
    this.#shout = shout
  }

  dress(overlayId: string, settings: ChosenSettings): void {
    this.#own.dress(overlayId, settings)
    this.#say({ do: 'dress', overlayId, settings })
  }

  act(overlayId: string, act: DemoAct | 'disconnect'): void {
    this.#own.act(overlayId, act)
    this.#say({ do: 'act', overlayId, act })
  }

  replay(overlayId: string, streamId: string, speed: number): void {
    this.#own.replay(overlayId, streamId, speed)
    this.#say({ do: 'replay', overlayId, streamId, speed })
  }

  endReplay(overlayId: string): void {
    this.#own.endReplay(overlayId)
    this.#say({ do: 'endReplay', overlayId })
  }

  withdraw(overlayId: string): void {
    this.#own.withdraw(overlayId)
    this.#say({ do: 'withdrawPreviews', overlayId })
  }

  #say(word: Word): void {
    this.#shout(JSON.stringify(word))
  }
}

/** Takes the person out of the memory of all nodes. */
export function forgetEverywhere(here: Forget, shout: Shout): Forget {
  return (channelId, person) => {
    here(channelId, person)
    const word: Word = { do: 'forget', channelId, person }
    shout(JSON.stringify(word))
  }
}

/** Who does here what is told. */
interface Here {
  hub: HubDoor
  previews: PreviewsDoor
  forget: Forget
}
const DOES: { readonly [D in keyof Words]: (word: Words[D], here: Here) => void } = {
  settings: ({ channelId, overlayId, settings }, { hub }) => hub.settingsChanged(channelId, overlayId, settings),
  looks: ({ channelId }, { hub }) => hub.looksChanged(channelId),
  noted: ({ channelId }, { hub }) => hub.noted(channelId),
  reload: ({ channelId, overlayId }, { hub }) => void hub.reloadOverlay(channelId, overlayId),
  withdrawOverlay: ({ channelId, overlayId }, { hub }) => hub.withdrawOverlay(channelId, overlayId),
  withdrawDock: ({ channelId, dockId }, { hub }) => hub.withdrawDock(channelId, dockId),
  withdrawMember: ({ channelId, accountId }, { hub }) => hub.withdrawMember(channelId, accountId),
  memberChanged: ({ channelId, accountId }, { hub }) => hub.memberChanged(channelId, accountId),
  withdrawAccount: ({ accountId, keep }, { hub }) => hub.withdrawAccount(accountId, keep),
  sessionChanged: ({ sessionId }, { hub }) => hub.sessionChanged(sessionId),
  forget: ({ channelId, person }, { forget }) => forget(channelId, person),
  dress: ({ overlayId, settings }, { previews }) => previews.dress(overlayId, settings),
  act: ({ overlayId, act }, { previews }) => previews.act(overlayId, act),
  replay: ({ overlayId, streamId, speed }, { previews }) => previews.replay(overlayId, streamId, speed),
  endReplay: ({ overlayId }, { previews }) => previews.endReplay(overlayId),
  withdrawPreviews: ({ overlayId }, { previews }) => previews.withdraw(overlayId),
}

/** Does here what another node's doors said. A word that a newer node knows is passed over. */
export function obey(text: string, here: Here): void {
  const word = JSON.parse(text) as Word
  if (Object.hasOwn(DOES, word.do)) carryOut(word, here)
}

function carryOut<D extends keyof Words>(word: Word<D>, here: Here): void {
  DOES[word.do](word, here)
}
