import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { LookView, OverlayView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { type Text, t } from '../language/words.ts'
import { useTitle } from '../pages/page.ts'
import { useAction } from '../parts/action.ts'
import { Button } from '../parts/button.ts'
import { Segments } from '../parts/field.ts'
import { useHandedFocus } from '../parts/handed-focus.ts'
import { Failed, Skeleton } from '../parts/states.ts'
import { type Clock, Editing } from '../state/look-editing.ts'
import { complaintsOf } from '../state/look-file.ts'
import { Pushing } from '../state/look-pushing.ts'
import type { Panel } from '../state/panel.ts'
import { Resource } from '../state/resource.ts'
import { EditorBar } from './bar.ts'
import { LookForm } from './form.ts'
import { Stage } from './stage.ts'
import { StressTools } from './stress.ts'

const TABS = { form: 'Form', preview: 'Preview' } as const satisfies Record<string, Text>
type Tab = keyof typeof TABS
const tabs = () => (['form', 'preview'] as const).map((value) => ({ value, label: t(TABS[value]) }))

const CLOCK: Clock = { now: () => Date.now(), later: (run, ms) => void setTimeout(run, ms) }

interface Opened {
  overlay: OverlayView
  look: LookView
}

/** One overlay's look: every setting at the left, the real page at the right. */
export function Editor({ panel, id }: { panel: Panel; id: string }): View {
  const opened = useMemo(
    () =>
      new Resource<Opened>(async () => {
        const [overlay, look] = await Promise.all([panel.api.overlay(id), panel.api.draft(id)])
        return { overlay, look }
      }),
    [id],
  )
  useEffect(() => void opened.load(), [opened])
  const loaded = opened.now.value
  useHandedFocus(loaded.state)
  useTitle(loaded.state === 'ready' ? t('{name}, overlay', { name: loaded.value.overlay.name }) : t('Overlay'))
  if (loaded.state === 'ready') return h(Workshop, { panel, ...loaded.value })
  return html`
    <div class="page">
      <h1 id="heading" tabindex="-1">${t('Overlay')}</h1>
      ${
        loaded.state === 'failed'
          ? h(Failed, {
              what: t('The overlay could not be opened.'),
              error: loaded.error,
              again: () => void opened.load(),
            })
          : h(Skeleton, { rows: 8 })
      }
    </div>
  `
}

function Workshop({ panel, overlay, look }: Opened & { panel: Panel }): View {
  const tab = useSignal<Tab>('form')
  const editing = useMemo(() => newEditing(panel, overlay.id, look), [])
  const pushing = useMemo(() => new Pushing(editing, CLOCK, () => sayEnded(panel)), [])
  const publish = async () => {
    await editing.publish()
    void panel.overlays.load()
    panel.toasts.ok(t('“{name}” has its new look on air.', { name: overlay.name }))
  }
  useEffect(() => attend(panel, editing, pushing), [])
  useKeys(panel, editing, publish)
  const onPick = (picked: Tab) => {
    tab.value = picked
  }
  return html`
    <div class="editor" data-tab=${tab.value} data-pushing=${pushing.on.value ? '' : undefined}>
      ${h(EditorBar, { panel, overlay, editing, pushing, publish })}
      ${editing.keeping.value === 'theirs' && h(Theirs, { editing })}
      ${editing.keeping.value === 'refused' && h(Refused, { editing })}
      ${h(Segments<Tab>, { label: t('Part of the editor'), options: tabs(), value: tab.value, onPick, class: 'editor-tabs' })}
      <section class="editor-form" aria-label=${t('Settings')}>${h(LookForm, { panel, editing })}</section>
      <section class="editor-preview" aria-label=${t('Preview')}>
        ${h(Stage, { panel, address: editing.preview, hasCss: (editing.now.value.customCss ?? '') !== '' })}
        ${h(StressTools, { panel, overlayId: overlay.id })}
      </section>
    </div>
  `
}

/** What of the draft the server does not take. */
function Refused({ editing }: { editing: Editing }): View | null {
  const refusal = editing.refusal.value
  if (refusal === null) return null
  const complaints = complaintsOf(refusal.fields)
  return html`
    <div class="form-error editor-note" role="alert">
      ${(complaints.length > 0 ? complaints : [refusal.message]).map((each) => html`<p>${each}</p>`)}
    </div>
  `
}

/** Two windows on one draft: neither overwrites the other without being asked. */
function Theirs({ editing }: { editing: Editing }): View {
  return html`
    <div class="editor-note theirs" role="alert">
      <p>${t('This draft was changed in another window meanwhile. Nothing of either is lost yet.')}</p>
      ${h(Button, { label: t('Take theirs'), onPress: () => editing.takeTheirs() })}
      ${h(Button, { label: t('Keep mine'), onPress: () => editing.keepMine() })}
    </div>
  `
}

function sayEnded({ toasts }: Panel): void {
  const words = t('The draft was changed in another window: what you change goes on air no more by itself.')
  toasts.failed(new Error(words))
}

function newEditing({ api }: Panel, id: string, look: LookView): Editing {
  const calls = {
    draft: () => api.draft(id),
    putDraft: (revision: number, settings: unknown) => api.putDraft(id, revision, settings),
    publish: (revision: number, sitting?: string) => api.publish(id, revision, sitting),
  }
  return new Editing(calls, look, CLOCK)
}

/** While the editor is open: a look at what other windows do, and a word before something unkept is closed. */
function attend(panel: Panel, editing: Editing, pushing: Pushing): () => void {
  const look = () => {
    if (!document.hidden) void editing.look()
  }
  const leave = (event: BeforeUnloadEvent) => {
    if (!editing.safe || pushing.pending) event.preventDefault()
  }
  document.addEventListener('visibilitychange', look)
  addEventListener('focus', look)
  addEventListener('beforeunload', leave)
  return () => {
    document.removeEventListener('visibilitychange', look)
    removeEventListener('focus', look)
    removeEventListener('beforeunload', leave)
    void pushing.finish().then(() => panel.overlays.load())
  }
}

/** Ctrl or ⌘ with S, Z and Shift+Z. In a field that takes text, undo is the field's own. */
function useKeys(panel: Panel, editing: Editing, publish: () => Promise<void>): void {
  const publishing = useAction(panel, publish)
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return
      const key = event.key.toLowerCase()
      if (key === 's') {
        if (editing.differing.peek().length > 0) publishing.run()
      } else if (key === 'z' && !isText(event.target)) {
        if (event.shiftKey) editing.redo()
        else editing.undo()
      } else return
      event.preventDefault()
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

function isText(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && ['text', 'search', 'number'].includes(target.type)
}
