import { deleteLine, ircLine } from '../../help/panel.ts'
import { pause, type Tenant } from './tenant.ts'

/** Brings what is bounded by a number to its bound: what grows afterwards has none. */

/** Ids that a channel remembers in two generations: each is filled to another place, so that they do not all forget at once. */
const REMEMBERED = 20_000
/** Removals of messages that may still come, likewise. */
const REMOVALS = 2_000
const LINES = 500
/** Entries of a channel's moderation log. They come two by two, and leave the others room within what a channel may change. */
const DEEDS = 1_000
const PAIR_EVERY_MS = 350
/** Ended runs that are remembered, of all channels together. A channel may begin 30 a minute, and others begin some. */
const RUNS = 1_000
const RUN_EVERY_MS = 2_500

export async function fill(tenant: Tenant, nth: number, tenants: number): Promise<void> {
  const share = 1 + nth / tenants / 2
  await push(tenant, REMEMBERED * share, (of) => ircLine(`fill-${nth}-${of}`, `filling ${of}`))
  await push(tenant, REMOVALS * share, (of) => deleteLine(`never-${nth}-${of}`))
  await Promise.all([moderate(tenant, nth), run(tenant, RUNS / tenants)])
}

async function push({ panel }: Tenant, count: number, line: (of: number) => string): Promise<void> {
  for (let sent = 0; sent < count; sent += LINES)
    await panel.pushLines(Array.from({ length: LINES }, (_, of) => line(sent + of)))
}

async function moderate({ panel }: Tenant, nth: number): Promise<void> {
  for (let deeds = 0; deeds < DEEDS; deeds += 2) {
    await pause(PAIR_EVERY_MS)
    for (const way of ['hide', 'unhide'])
      await panel.json('POST', `/api/moderation/${way}`, { id: `twitch:fill-${nth}-${deeds}` })
  }
}

/** What the channel's other runs leave no room for is left out. */
async function run({ panel }: Tenant, count: number): Promise<void> {
  for (let runs = 0; runs < count; runs++) {
    await pause(RUN_EVERY_MS)
    const order = { scenario: 'hype', count: 1, perSecond: 10 }
    await panel.call('POST', '/api/simulator/runs', order).then((answer) => answer.text())
  }
}
