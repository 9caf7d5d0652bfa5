import { useSignal } from '@preact/signals'
import { h } from 'preact'
import { html, type View } from '../html.ts'
import { t, told } from '../language/words.ts'
import { number } from '../state/format.ts'
import { meterOf } from '../state/quota.ts'
import type { AccountProps } from './account.ts'
import { AccountActions } from './account-actions.ts'
import { AccountName } from './account-name.ts'
import { AccountSettings } from './account-settings.ts'
import { AccountTrouble } from './account-trouble.ts'
import { Ago } from './ago.ts'
import { AutoStream } from './auto-stream.ts'
import { Avatar } from './avatar.ts'
import { Quota } from './quota.ts'

/** A channel that is followed: who it is, how it is, and what can be done. */
export function AccountFollowed({ panel, about, view }: AccountProps): View {
  const renaming = useSignal(false)
  const settings = useSignal(false)
  const begin = () => {
    renaming.value = true
    requestAnimationFrame(() => document.getElementById(`${about.id}-channel`)?.focus())
  }
  const renamed = () => {
    renaming.value = false
    requestAnimationFrame(() => document.getElementById(`${about.id}-rename`)?.focus())
  }
  const rename = renaming.value ? null : begin
  return html`
    ${
      renaming.value
        ? h(AccountName, {
            panel,
            about,
            name: view.channel ?? '',
            label: t('Follow this one'),
            done: renamed,
            cancel: renamed,
          })
        : h(Who, { panel, about, view })
    }
    ${h(AccountTrouble, {
      panel,
      about,
      view,
      rename,
      openSettings: () => {
        settings.value = true
        requestAnimationFrame(() => document.getElementById(`${about.id}-settings`)?.focus())
      },
    })}
    ${view.quota && h(Quota, { id: about.id, meter: meterOf(view.quota, panel.now.value) })}
    ${about.source.broadcasts && h(AutoStream, { panel, about, view })}
    ${h(AccountActions, { panel, about, view, rename })}
    ${h(AccountSettings, { panel, about, view, open: settings })}
  `
}

function Who({ panel, view }: AccountProps): View {
  const name = view.channel ?? ''
  return html`
    <div class="account-who">
      ${h(Avatar, { url: view.avatar, name: view.title ?? name })}
      <p class="account-title">
        <strong><bdi>${view.title ?? name}</bdi></strong>
        <span class="muted">
          ${view.title !== null && view.title !== name && html`<bdi>${name}</bdi>`}
          ${view.way !== null && html`<span class="scope">${told(view.way)}</span>`}
        </span>
      </p>
      <dl class="account-facts">
        <div><dt>${t('Last message')}</dt><dd>${h(Ago, { at: view.lastEventAt, now: panel.now.value })}</dd></div>
        <div><dt>${t('Received')}</dt><dd>${number(view.events)}</dd></div>
      </dl>
    </div>
  `
}
