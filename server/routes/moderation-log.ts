import type { Message, Notice } from '../../workers/message.ts'
import { DeedAnswer } from '../answers/moderation.ts'
import { pageOf } from '../answers/shapes.ts'
import type { DeedView } from '../api/moderation.ts'
import { PageQuery, type PageView } from '../api/shapes.ts'
import { newId } from '../auth/ids.ts'
import type { House } from '../house.ts'
import type { Channel } from '../stores/accounts.ts'
import type { Deed, DeedTarget, Hand } from '../stores/moderation.ts'
import { type Route, route } from './route.ts'

/** UTF-16 units kept of a name and of a text. */
const NAME_UNITS = 60
const TEXT_UNITS = 120

/** Who did what about the chat, and when. */
export function moderationLog({ stores }: House): Route[] {
  return [
    route(
      {
        method: 'GET',
        path: '/api/moderation/log',
        who: 'moderate',
        least: 'viewer',
        does: 'Lists what was hidden, shown again, featured and so on, newest first; 90 days.',
        gives: pageOf(DeedAnswer),
        query: PageQuery,
      },
      async ({ caller, query }): Promise<PageView<DeedView>> => {
        const { items, next } = await stores.deeds.page(caller.channel.id, query.limit, query.cursor ?? null)
        const [restorable] = await stores.rulesHistory.byChannel(caller.channel.id)
        const views = items.map((deed) =>
          deed.id === restorable?.id ? { ...view(deed), restorable: true as const } : view(deed),
        )
        return { items: views, next }
      },
    ),
  ]
}

interface Doing {
  what: Deed['what']
  target?: DeedTarget
  /** What it was about, where that is still known. */
  event?: Message | Notice | undefined
  /** Whom it was about, where there is no event. */
  author?: string
  /** The deed that it takes back, where that does not follow from the target. */
  undoes?: string
}

/** Writes down what has been done, and gives it as it was kept. It stands done also where this cannot be kept: then null. */
export async function noteDeed(
  { stores, log, hub, webhooks }: Pick<House, 'stores' | 'log' | 'hub' | 'webhooks'>,
  { channel, hand }: { channel: Channel; hand: Hand },
  { what, target, event, author, undoes }: Doing,
): Promise<Deed | null> {
  const deed: Deed = {
    id: newId(),
    channelId: channel.id,
    at: Date.now(),
    by: hand,
    what,
    target: target ?? null,
    author: (author ?? event?.author?.name)?.slice(0, NAME_UNITS) ?? null,
    text: target !== undefined && 'authorId' in target ? null : (event?.text.slice(0, TEXT_UNITS) ?? null),
    undoes: undoes ?? null,
    undoneBy: null,
  }
  let kept: Deed | null = null
  try {
    kept = await stores.deeds.add(deed)
    hub.noted(channel.id)
  } catch (error) {
    log.error({ err: error, channelId: channel.id, what }, 'the moderation log did not take an entry')
  }
  webhooks.did(channel.id, view(kept ?? deed))
  return kept
}

function view({ channelId: _, by, ...deed }: Deed): DeedView {
  return { ...deed, by: { kind: by.kind, name: by.name } }
}
