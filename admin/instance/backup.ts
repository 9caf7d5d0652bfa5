import { h } from 'preact'
import type { InstanceView } from '../../server/api.ts'
import { html, type View } from '../html.ts'
import { t, tx } from '../language/words.ts'
import { Ago } from '../parts/ago.ts'
import { Card } from '../parts/card.ts'
import { CopyButton } from '../parts/copy.ts'
import { dayAndTime, machineTime } from '../state/format.ts'
import type { Panel } from '../state/panel.ts'
import { bytes } from '../state/units.ts'

interface BackupProps {
  panel: Panel
  view: Pick<InstanceView, 'backup' | 'folder' | 'store'>
}

/** How all of it is saved and put back. That is done on the machine itself: whoever has a backup can be anybody here. */
export function BackupCard({ panel, view }: BackupProps): View {
  return h(
    Card,
    { id: 'backup', title: t('Backup and restore'), class: 'instance-card' },
    h(view.store === 'database' ? OfDatabase : OfFolder, { panel, view }),
  )
}

function OfFolder({ panel, view: { backup, folder } }: BackupProps): View {
  const file = `crosschat-${today(panel)}.tar.gz`
  return html`
    ${
      backup === null
        ? html`<p class="instance-note">${t('No backup is known. A disk can die any day: make one.')}</p>`
        : html`<p>${tx('The last known backup is of {time} ({ago}), with {size} of files.', { time: dayAndTime(backup.at), ago: h(Ago, { at: backup.at, now: panel.now.value }), size: bytes(backup.bytes) })}</p>`
    }
    <p class="muted">${tx('All that is kept lies in {folder} on the server.', { folder: html`<code class="backup-folder">${folder}</code>` })} ${t('On the server, as the user that CrossChat runs as and with the same settings:')}</p>
    ${h(Command, {
      title: t('Make a backup'),
      command: `crosschat backup ${file}`,
      means: tx(
        'Everything goes on while it is made. It holds chats, password hashes and, unless {setting} is set, the secret of this instance: keep it as safe as the folder itself.',
        { setting: html`<code>CROSSCHAT_SECRET</code>` },
      ),
    })}
    ${h(Command, {
      title: t('Put one back'),
      command: `crosschat restore ${file} --replace`,
      means: t(
        'Stop the server first. What stands in the folder is moved aside, not deleted; a damaged file changes nothing. Afterwards everybody signs in again.',
      ),
    })}
  `
}

/** As `crosschat backup` and `restore` say it themselves where a database is set. */
function OfDatabase({ panel, view: { folder } }: BackupProps): View {
  const file = `crosschat-${today(panel)}.dump`
  return html`
    <p>${t('All that is kept lies in a PostgreSQL database, which is saved by its own programs. Whether that was done is not known here.')}</p>
    <p class="muted">${tx('Where these programs are, with {setting} set as for the server:', { setting: html`<code>DATABASE_URL</code>` })}</p>
    ${h(Command, {
      title: t('Make a backup'),
      command: `pg_dump --format=custom --schema=crosschat --file=${file} "$DATABASE_URL"`,
      means: tx(
        'Everything goes on while it is made. It holds chats and password hashes: keep it safe. The secret of this instance is not in it: keep {setting} too or, unless that is set, {file}.',
        {
          setting: html`<code>CROSSCHAT_SECRET</code>`,
          file: html`<code class="backup-folder">${folder}/secret</code>`,
        },
      ),
    })}
    ${h(Command, {
      title: t('Put one back'),
      command: `pg_restore --single-transaction --no-owner --dbname="$DATABASE_URL" ${file}`,
      means: tx(
        'Stop every server first. It goes into an empty database and changes nothing where a schema {schema} stands already. The secret must be the one of then.',
        { schema: html`<code>crosschat</code>` },
      ),
    })}
  `
}

function today(panel: Panel): string {
  return machineTime(panel.now.value).slice(0, 10)
}

interface CommandProps {
  title: string
  command: string
  means: ReturnType<typeof tx> | string
}

function Command({ title, command, means }: CommandProps): View {
  return html`
    <div class="backup-command">
      <h3 class="instance-sub">${title}</h3>
      <div class="backup-line"><code>${command}</code>${h(CopyButton, { text: command, label: t('Copy command') })}</div>
      <p class="faint">${means}</p>
    </div>
  `
}
