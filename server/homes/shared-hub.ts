import type { Remove } from '../../workers/message.ts'
import type { HubDoor, PreviewsDoor } from '../house.ts'
import type { ChosenSettings } from '../look.ts'
import type { DemoAct } from '../protocol.ts'
import type { Person } from '../stores/erasures.ts'
import type { Sockets } from './sockets-elsewhere.ts'

/** What one node's doors tell the sockets of all the others. */
type Word =
  | { do: 'settings'; channelId: string; overlayId: string; settings: ChosenSettings }
  | { do: 'looks' | 'noted'; channelId: string }
  | { do: 'reload' | 'withdrawOverlay'; channelId: string; overlayId: string }
  | { do: 'withdrawDock'; channelId: string; dockId: string }
  | { do: 'withdrawMember' | 'memberChanged'; channelId: string; accountId: string }
  | { do: 'withdrawAccount'; accountId: string; keep: string | null }
  | { do: 'erase'; channelId: string; platform: string; authorId: string }
  | { do: 'forget'; channelId: string; person: Person }
  | { do: 'dress'; overlayId: string; settings: ChosenSettings }
  | { do: 'act'; overlayId: string; act: DemoAct | 'disconnect' }
  | { do: 'replay'; overlayId: string; streamId: string; speed: number }
  | { do: 'endReplay' | 'withdrawPreviews'; overlayId: string }

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
    return [...this.#own.clients(channelId), ...this.#elsewhere(channelId).overlays]
  }

  docks(channelId: string) {
    return [...this.#own.docks(channelId), ...this.#elsewhere(channelId).docks]
  }

  find(channelId: string, id: string) {
    return this.#own.find(channelId, id)
  }

  restorable(channelId: string, platform: string, target: Remove['target']) {
    return this.#own.restorable(channelId, platform, target)
  }

  erase(channelId: string, platform: string, authorId: string): void {
    this.#own.erase(channelId, platform, authorId)
    this.#say({ do: 'erase', channelId, platform, authorId })
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

/** Does here what another node's doors said. A word that a newer node knows is passed over. */
export function obey(text: string, hub: HubDoor, previews: PreviewsDoor, forget: Forget): void {
  const word = JSON.parse(text) as Word
  switch (word.do) {
    case 'settings':
      hub.settingsChanged(word.channelId, word.overlayId, word.settings)
      break
    case 'looks':
      hub.looksChanged(word.channelId)
      break
    case 'noted':
      hub.noted(word.channelId)
      break
    case 'reload':
      hub.reloadOverlay(word.channelId, word.overlayId)
      break
    case 'withdrawOverlay':
      hub.withdrawOverlay(word.channelId, word.overlayId)
      break
    case 'withdrawDock':
      hub.withdrawDock(word.channelId, word.dockId)
      break
    case 'withdrawMember':
      hub.withdrawMember(word.channelId, word.accountId)
      break
    case 'memberChanged':
      hub.memberChanged(word.channelId, word.accountId)
      break
    case 'withdrawAccount':
      hub.withdrawAccount(word.accountId, word.keep)
      break
    case 'erase':
      hub.erase(word.channelId, word.platform, word.authorId)
      break
    case 'forget':
      forget(word.channelId, word.person)
      break
    case 'dress':
      previews.dress(word.overlayId, word.settings)
      break
    case 'act':
      previews.act(word.overlayId, word.act)
      break
    case 'replay':
      previews.replay(word.overlayId, word.streamId, word.speed)
      break
    case 'endReplay':
      previews.endReplay(word.overlayId)
      break
    case 'withdrawPreviews':
      previews.withdraw(word.overlayId)
      break
  }
}
