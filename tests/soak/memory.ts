import { setPriority } from 'node:os'
import { build } from '../../scripts/build.ts'
import { NOWHERE } from '../help/outside.ts'
import { temporaryData } from '../help/server.ts'
import { Emotes } from '../help/stand-ins/emotes.ts'
import { roomId, TwitchIrc } from '../help/stand-ins/twitch-irc.ts'
import { WebhookReceiver } from '../help/stand-ins/webhook-receiver.ts'
import { compared, heapOf, type Look, mb, type Span, spanOf } from './memory/figures.ts'
import { fill } from './memory/fill.ts'
import { type Hand, handsOf, handsOfAll, tenantName } from './memory/hands.ts'
import { Load } from './memory/load.ts'
import { changedRows, type Rows, rowsIn } from './memory/rows.ts'
import { type Heap, SoakedServer } from './memory/server.ts'
import { pause, Tenant } from './memory/tenant.ts'

/** A built server under a mixed load for an hour: what it holds after ten minutes and at the end. */

const TENANTS = 6
/** After the filling: windows of time are full by then, too, and the code is warm. */
const WARM_UP_MINUTES = 10
const LOOK_EVERY_MS = 10_000
const LOOKS_A_MINUTE = 6
/**
 * When V8 collects, what is resident may fall by a fourth, and transcripts being written are small or large just then: one minute says
 * nothing.
 */
const SPAN_MINUTES = 5
/** The load is not what is measured: it waits for the server where both want a core. */
const NICE = 10
const SAY_EVERY_MS = 500
const TELL_EVERY_MS = 20_000
const FOLLOWED = 'cool_channel'

/** True when neither resident memory nor the live heap grew. Prints a line a minute. */
export async function soakMemory(minutes: number): Promise<boolean> {
  await build()
  const data = await temporaryData()
  const [irc, services, bot] = await Promise.all([TwitchIrc.start(), Emotes.start(), WebhookReceiver.start()])
  bot.answering = (res) => {
    bot.received.length = 0
    res.writeHead(204).end()
  }
  const env = { ...NOWHERE, ...irc.env, ...services.env, CROSSCHAT_WEBHOOKS_ANYWHERE: 'yes' }
  const server = await SoakedServer.start(data.path, env)
  setPriority(NICE)
  const tenants: Tenant[] = []
  for (let nth = 0; nth < TENANTS; nth++) tenants.push(await Tenant.register(server.base, tenantName(nth)))
  await tenants[0]?.panel.json('PUT', '/api/sources/twitch', { channel: FOLLOWED })
  const hands = tenants.flatMap((tenant) => handsOf(tenant, bot.url))
  const load = new Load([...hands, ...handsOfAll(server.base, (tenants[0] as Tenant).panel), ...outside(irc, services)])
  await Promise.all(tenants.map((tenant, nth) => load.once('filling', () => fill(tenant, nth, TENANTS))))
  console.log('What has a bound is full: the clock begins.')
  const good = await watch(server, tenants, load, minutes, data.path)
  await load.stop()
  const code = await server.end()
  await Promise.all([irc.close(), services.close(), bot.close(), data.remove()])
  for (const [what, times] of load.failures) console.log(`failed ${times} times: ${what}`)
  if (code !== 0) console.log(`The server ended with ${code}.`)
  return good && code === 0 && load.failures.size === 0
}

/** What the platform and the emote services do. */
function outside(irc: TwitchIrc, services: Emotes): Hand[] {
  const whose = `twitch/${roomId(FOLLOWED)}` as const
  services.give('7tv', 'global', ['forAll'])
  services.give('7tv', whose, ['catJAM'])
  let told = 0
  return [
    { name: 'a followed chat', everyMs: SAY_EVERY_MS, act: async () => irc.say('Noodle_Knight', `catJAM ${told++}`) },
    {
      name: 'changes of emotes',
      everyMs: TELL_EVERY_MS,
      act: async () => {
        services.tell(whose, { pushed: [`new${told}`] })
        services.tell(whose, { pulled: [`new${told}`] })
        irc.heard.length = services.asked.length = 0
      },
    },
  ]
}

async function watch(
  server: SoakedServer,
  tenants: readonly Tenant[],
  load: Load,
  minutes: number,
  folder: string,
): Promise<boolean> {
  const from = Math.min(WARM_UP_MINUTES, Math.max(1, Math.floor(minutes / 2)))
  const looks: Look[] = []
  const lives: Heap[][] = []
  let first: { span: Span; rows: Rows } | null = null
  let { cpu } = await server.outside()
  for (let minute = 1; minute <= minutes; minute++) {
    const sent = sum(tenants)
    for (let nth = 0; nth < LOOKS_A_MINUTE; nth++) {
      await pause(LOOK_EVERY_MS)
      looks.push({ rss: (await server.outside()).rss, heaps: await server.inside() })
    }
    const counts = [from, minutes].some((end) => minute <= end && minute > end - SPAN_MINUTES)
    const live = counts ? await server.inside(true) : null
    if (live !== null) lives.push(live)
    const used = (await server.outside()).cpu
    const done = { perSecond: (sum(tenants) - sent) / 60, acts: load.acts, cpu: (used - cpu) / 0.6 }
    console.log(line(minute, spanOf(looks.slice(-LOOKS_A_MINUTE), live === null ? [] : [live]), done))
    cpu = used
    if (minute !== from && minute !== minutes) continue
    const span = spanOf(looks.slice(-LOOKS_A_MINUTE * SPAN_MINUTES), lives.slice(-SPAN_MINUTES))
    const rows = await rowsIn(folder)
    if (minute === from) first = { span, rows }
    if (minute < minutes || first === null) continue
    console.log(`rows that the load has left: ${changedRows(first.rows, rows)}`)
    const { lines, grew } = compared(first.span, span)
    console.log(`up to minute ${from}, and up to minute ${minute}:\n${lines.join('\n')}`)
    return !grew
  }
  return true
}

function sum(tenants: readonly Tenant[]): number {
  return tenants.reduce((all, { sent }) => all + sent, 0)
}

function line(minute: number, now: Span, done: { perSecond: number; acts: number; cpu: number }): string {
  const live = now.live === null ? '' : `, ${mb(heapOf(now.live))} MB of it live`
  const load = `${Math.round(done.perSecond)} messages/s, ${done.acts} acts, ${Math.round(done.cpu)} % CPU`
  return `${String(minute).padStart(3)} min: ${mb(now.rss)} MB resident, heaps at least ${mb(now.floor)} MB${live}; ${load}`
}
