import { MoonStar } from 'lucide'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t } from '../language/words.ts'
import { Button } from '../parts/button.ts'
import { FormError, useForm } from '../parts/form.ts'
import { Icon } from '../parts/icon.ts'
import { forgottenSince } from '../state/forgotten.ts'
import { dayAndTime, minuteOfDay } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'

/** Asks after a stream that was probably forgotten, and ends it where it went quiet. */
export function StillStreaming({ panel }: { panel: Panel }): View | null {
  const { stream, status } = panel.feed.value
  const last = forgottenSince(stream, status, panel.now.value)
  return last === null || !panel.works.may('owner') ? null : h(Question, { panel, last })
}

function Question({ panel, last }: { panel: Panel; last: number }): View {
  const form = useForm(async () => {
    const { id } = await panel.api.endStream(false, 'last')
    panel.toasts.ok(t('The stream is archived.'), { href: `#/history/${id}`, label: t('Open in History') })
  })
  return html`
    <form class="not-archived" data-on-air onSubmit=${form.onSubmit}>
      ${h(Icon, { icon: MoonStar })}
      <p>${t('Still streaming? The last message came {when}.', { when: dayAndTime(last) })}</p>
      ${h(FormError, { form })}
      ${h(Button, { label: t('End at {time}', { time: minuteOfDay(last) }), tone: 'primary', submit: true, off: form.busy.value })}
    </form>
  `
}
