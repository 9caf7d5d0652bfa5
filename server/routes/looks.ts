import { LookAnswer, PublishedAnswer, VersionAnswer } from '../answers/overlay.ts'
import { listOf } from '../answers/shapes.ts'
import { DraftBody, type LookView, PreviewBody, PublishBody, type VersionView } from '../api/overlays.ts'
import { newId } from '../auth/ids.ts'
import { CrossChatError } from '../errors.ts'
import type { House } from '../house.ts'
import { type ChosenSettings, known, type SettingsChange, sameLook } from '../look.ts'
import { LOOK_BODY } from '../middleware/body.ts'
import type { LookDraft, Overlay } from '../stores/overlays.ts'
import type { Turns } from '../turns.ts'
import { overlayView, ownOverlay } from './own-overlay.ts'
import { type Route, route } from './route.ts'
import { ownStream } from './streams.ts'

/** Editing a look: a draft that the server keeps, what it looks like, and when it goes on air. */
export function looks(house: House, turns: Turns): Route[] {
  const { stores, previews } = house
  return [
    route(
      {
        method: 'GET',
        path: '/api/overlays/:id/draft',
        who: 'account',
        least: 'owner',
        does: 'Gives the draft of an overlay’s look.',
        gives: LookAnswer,
      },
      async ({ caller, params }) => lookView(house, await ownOverlay(house, caller.channel, params.id)),
    ),

    route(
      {
        method: 'PUT',
        path: '/api/overlays/:id/draft',
        who: 'account',
        least: 'owner',
        does: 'Replaces the draft; nothing on air changes. 409 `draft_changed` when it is not the one that the revision names.',
        example: { revision: 0, settings: { theme: 'clean' } },
        gives: LookAnswer,
        fails: ['draft_changed'],
        body: DraftBody,
        bodyLimit: LOOK_BODY,
        rate: 'change',
      },
      ({ caller, params, body }) =>
        turns.take(caller.channel.id, async () => {
          const overlay = await ownOverlay(house, caller.channel, params.id)
          const before = await draftOf(house, overlay, body.revision)
          const settings = chosen(body.settings)
          await stores.looks.putDraft(changed(before, sameLook(settings, overlay.settings) ? null : settings))
          previews.dress(overlay.id, settings)
          return lookView(house, overlay)
        }),
    ),

    route(
      {
        method: 'POST',
        path: '/api/overlays/:id/publish',
        who: 'account',
        least: 'owner',
        does: 'Shows the draft on air, at once, and keeps it as a version. 409 as above.',
        example: { revision: 1 },
        gives: PublishedAnswer,
        fails: ['draft_changed'],
        body: PublishBody,
        rate: 'change',
      },
      ({ ctx, caller, params, body }) =>
        turns.take(caller.channel.id, async () => {
          const overlay = await ownOverlay(house, caller.channel, params.id)
          const draft = await draftOf(house, overlay, body.revision)
          const published = await publish(house, overlay, draft, body.sitting)
          return { overlay: overlayView(house, ctx, published, false), look: await lookView(house, published) }
        }),
    ),

    route(
      {
        method: 'GET',
        path: '/api/overlays/:id/versions',
        who: 'account',
        least: 'owner',
        does: 'Lists the looks that were published last, newest first.',
        gives: listOf(VersionAnswer),
      },
      async ({ caller, params }): Promise<{ items: VersionView[] }> => {
        const overlay = await ownOverlay(house, caller.channel, params.id)
        const versions = await stores.looks.versions(overlay.id)
        return { items: versions.map(({ id, publishedAt, settings }) => ({ id, publishedAt, settings })) }
      },
    ),

    route(
      {
        method: 'POST',
        path: '/api/overlays/:id/preview',
        who: 'account',
        least: 'owner',
        does: 'Tells the open previews of the draft what to show.',
        example: { act: 'burst' },
        gives: null,
        body: PreviewBody,
        rate: 'change',
      },
      async ({ caller, params, body }) => {
        const overlay = await ownOverlay(house, caller.channel, params.id)
        if ('act' in body) return previews.act(overlay.id, body.act)
        if (body.replay === null) return previews.endReplay(overlay.id)
        const stream = await ownStream(house, caller.channel, body.replay.stream)
        previews.replay(overlay.id, stream.id, body.replay.speed)
      },
    ),
  ]
}

async function lookView({ stores, previewKeys }: House, overlay: Overlay): Promise<LookView> {
  const draft = await stores.looks.draft(overlay.id)
  return {
    settings: draft?.settings ?? overlay.settings,
    published: overlay.settings,
    revision: draft?.revision ?? 0,
    changedAt: draft?.settings ? draft.changedAt : null,
    preview: `/overlay?demo=live#${previewKeys.keyOf(overlay)}`,
  }
}

/** Where a change starts from. Throws draft_changed when somebody else was quicker. */
async function draftOf({ stores }: House, { id, channelId }: Overlay, revision: number): Promise<LookDraft> {
  const draft = (await stores.looks.draft(id)) ?? { id, channelId, settings: null, revision: 0, changedAt: 0 }
  if (draft.revision !== revision) throw new CrossChatError('draft_changed')
  return draft
}

function changed(draft: LookDraft, settings: ChosenSettings | null): LookDraft {
  return { ...draft, settings, revision: draft.revision + 1, changedAt: Date.now() }
}

/** What is on air without ever having been a version, as after a direct change, becomes one first: it can be had back. */
async function publish(
  { stores, hub }: House,
  overlay: Overlay,
  draft: LookDraft,
  sitting: string | undefined,
): Promise<Overlay> {
  if (draft.settings === null) return overlay
  const [newest] = await stores.looks.versions(overlay.id)
  if (newest === undefined || !sameLook(newest.settings, overlay.settings)) await keep(overlay, overlay.settings)
  const published = await stores.overlays.update(overlay.id, { settings: draft.settings })
  if (published === null) throw new CrossChatError('not_found')
  hub.settingsChanged(overlay.channelId, overlay.id, published.settings)
  await keep(overlay, published.settings, sitting)
  await stores.looks.putDraft(changed(draft, null))
  return published

  function keep({ id, channelId }: Overlay, settings: ChosenSettings, of?: string): Promise<void> {
    const version = { id: newId(), overlayId: id, channelId, settings, publishedAt: Date.now() }
    return stores.looks.addVersion(of === undefined ? version : { ...version, sitting: of })
  }
}

/** Null and nothing are the same here: the theme decides. */
function chosen(given: SettingsChange): ChosenSettings {
  return known(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)))
}
