import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Bus, KEEP_EVENTS, MAX_EVENTS } from '../../../server/bus/bus.ts'
import { Hearer, range, seqsOf, slices } from './hearer.ts'

/** Nodes that share their channels. */
export interface Driver {
  node(): Promise<Bus>
  /** The lease of a channel, as it is given; what comes with a lower number from here on is late. */
  grant(channelId: string, fence: number): Promise<void>
  discard(): Promise<void>
}

interface Context extends Driver {
  /** A node that is the channel's home. */
  home(channelId: string, fence?: number, epoch?: string, seq?: number): Promise<Bus>
}

/** What every bus promises. */
export function contract(name: string, open: () => Promise<Driver>): void {
  const test = suite<Context>(`${name} bus`)
  let opened: Driver

  test.before(async (context) => {
    opened = await open()
    Object.assign(context, { node: () => opened.node(), grant: opened.grant })
    context.home = async (channelId, fence = 1, epoch = 'first', seq = 0) => {
      await opened.grant(channelId, fence)
      const bus = await opened.node()
      bus.begin({ channelId, fence, epoch, seq })
      return bus
    }
  })
  test.after(() => opened.discard())

  test('gives what is published to its own listener before it returns', async ({ home }) => {
    const bus = await home('own')
    const hearer = new Hearer()
    hearer.epoch = 'first'
    bus.listen(hearer)
    for (const slice of slices('own', 'first', 1, 3)) bus.publish(slice)
    assert.equal([hearer.heard, hearer.violations], [[1, 2, 3], []])
  })

  test('gives a channel to those who follow it: in order, each event once, its text as it was', async ({
    home,
    node,
  }) => {
    const bus = await home('plain')
    const others = [await Hearer.following(await node(), 'plain'), await Hearer.following(await node(), 'plain')]
    for (const slice of slices('plain', 'first', 1, 300, 7)) bus.publish(slice)
    for (const other of others) {
      await other.until(() => other.heard.length === 300)
      assert.equal([other.heard, other.violations], [range(1, 300), []])
      assert.equal([other.texts[0], other.texts[299]], ['line 1', 'line 300'])
    }
  })

  test('gives to whoever comes later what there was and what comes behind it, without a hole between', async ({
    home,
    node,
  }) => {
    const bus = await home('later')
    const early = await Hearer.following(await node(), 'later')
    for (const slice of slices('later', 'first', 1, 50)) bus.publish(slice)
    await early.until(() => early.seq >= 20)
    const coming = node().then((each) => Hearer.following(each, 'later'))
    for (const slice of slices('later', 'first', 51, 250)) bus.publish(slice)
    const late = await coming
    await late.until(() => late.heard.length === 250)
    assert.equal([late.heard, late.violations], [range(1, 250), []])
  })

  test('gives what a new home knows of the time before it, where the others never had it', async ({
    home,
    node,
    grant,
  }) => {
    const bus = await home('brought')
    const hearer = await Hearer.following(await node(), 'brought')
    for (const slice of slices('brought', 'first', 1, 3)) bus.publish(slice)
    await hearer.until(() => hearer.seq === 3)
    await grant('brought', 2)
    const next = await node()
    next.begin({ channelId: 'brought', fence: 2, epoch: 'second', seq: 3 }, slices('brought', 'second', 4, 6))
    for (const slice of slices('brought', 'second', 7, 7)) next.publish(slice)
    await hearer.until(() => hearer.seq === 7)
    assert.equal([hearer.heard, hearer.violations, hearer.epoch], [range(1, 7), [], 'second'])
  })

  test('keeps only the newest events, and these whole', async ({ home, node }) => {
    const bus = await home('long')
    const hearer = await Hearer.following(await node(), 'long')
    for (const slice of slices('long', 'first', 1, 2_000, 10)) {
      bus.publish(slice)
      if ((slice.events[0]?.seq ?? 0) % 500 === 1) await hearer.until(() => hearer.seq >= (slice.events[0]?.seq ?? 0))
    }
    await hearer.until(() => hearer.seq === 2_000)
    const { seq, slices: kept, epoch } = await (await node()).history('long')
    const seqs = seqsOf({ seq, slices: kept, epoch, ends: new Map(), state: null })
    assert.ok(seqs.length >= KEEP_EVENTS && seqs.length <= MAX_EVENTS, `${seqs.length} kept`)
    assert.equal([seqs, seq, epoch], [range(2_001 - seqs.length, 2_000), 2_000, 'first'])
    assert.equal(hearer.violations, [])
  })

  test('knows nothing of a channel that nobody has run', async ({ node }) => {
    const { epoch, seq, slices: none, state } = await (await node()).history('unknown')
    assert.equal([epoch, seq, none, state], [null, 0, [], null])
  })

  test('goes on with the numbers under a new home, in a new epoch, and says where the one before ended', async ({
    home,
    node,
  }) => {
    const first = await home('moved', 5)
    const hearer = await Hearer.following(await node(), 'moved')
    for (const slice of slices('moved', 'first', 1, 10)) first.publish(slice)
    await hearer.until(() => hearer.seq === 10)
    const second = await home('moved', 6, 'second', 10)
    for (const slice of slices('moved', 'second', 11, 20)) second.publish(slice)
    await hearer.until(() => hearer.seq === 20)
    assert.equal([hearer.heard, hearer.violations, hearer.epoch], [range(1, 20), [], 'second'])
    const { ends } = await (await node()).history('moved')
    assert.equal([...ends], [['first', 10]])
  })

  test('refuses what a home writes late, and tells it', async ({ home, node }) => {
    const first = await home('late', 5)
    const hearer = await Hearer.following(await node(), 'late')
    const own = new Hearer()
    own.epoch = 'first'
    first.listen(own)
    for (const slice of slices('late', 'first', 1, 10)) first.publish(slice)
    await hearer.until(() => hearer.seq === 10)
    const second = await home('late', 6, 'second', 10)
    for (const slice of slices('late', 'second', 11, 12)) second.publish(slice)
    for (const slice of slices('late', 'first', 11, 30)) first.publish(slice)
    await own.until(() => own.refusals > 0)
    for (const slice of slices('late', 'second', 13, 14)) second.publish(slice)
    await hearer.until(() => hearer.seq === 14)
    assert.equal([hearer.heard, hearer.violations, hearer.epoch], [range(1, 14), [], 'second'])
    assert.equal(seqsOf(await (await node()).history('late')), range(1, 14))
  })

  test('refuses a home whose number is old from the beginning', async ({ home, node, grant }) => {
    const first = await home('old', 5)
    for (const slice of slices('old', 'first', 1, 2)) first.publish(slice)
    await grant('old', 7)
    const late = await node()
    const own = new Hearer()
    late.listen(own)
    late.begin({ channelId: 'old', fence: 6, epoch: 'never', seq: 2 })
    await own.until(() => own.refusals > 0)
    assert.is.not((await late.history('old')).epoch, 'never')
  })

  test('tells followers the newest state, and whoever comes later, too', async ({ home, node }) => {
    const bus = await home('dressed')
    const hearer = await Hearer.following(await node(), 'dressed')
    bus.tell('dressed', 'a')
    bus.tell('dressed', 'b')
    await hearer.until(() => hearer.states.at(-1) === 'b')
    assert.is((await Hearer.following(await node(), 'dressed')).states.at(-1), 'b')
  })

  test('keeps channels apart, and is silent about one that is followed no longer', async ({ home, node }) => {
    const [one, two] = [await home('one'), await home('two')]
    const following = await node()
    const hearer = await Hearer.following(following, 'one')
    const witness = await Hearer.following(await node(), 'one')
    for (const slice of slices('two', 'first', 1, 5)) two.publish(slice)
    for (const slice of slices('one', 'first', 1, 5)) one.publish(slice)
    await hearer.until(() => hearer.seq === 5)
    following.unfollow('one')
    for (const slice of slices('one', 'first', 6, 9)) one.publish(slice)
    await witness.until(() => witness.seq === 9)
    assert.equal([hearer.heard, hearer.violations], [range(1, 5), []])
  })

  test('tells every other node what one shouts, in order, and not the one itself', async ({ node }) => {
    const [one, two, three] = [await node(), await node(), await node()]
    const [own, ...others] = [one, two, three].map((bus) => {
      const hearer = new Hearer()
      bus.listen(hearer)
      return hearer
    })
    for (let nth = 1; nth <= 20; nth++) one.shout(`word ${nth}`)
    two.shout('an answer')
    for (const each of others) await each.until(() => each.shouts.includes('word 20'))
    assert.equal(
      others[1]?.shouts.filter((word) => word !== 'an answer'),
      range(1, 20).map((nth) => `word ${nth}`),
    )
    await own?.until(() => own.shouts.length > 0)
    assert.equal(own?.shouts, ['an answer'])
  })

  test('at the end of a tenure everybody else has all of it', async ({ home, node }) => {
    const bus = await home('ended')
    for (const slice of slices('ended', 'first', 1, 400)) bus.publish(slice)
    await bus.end('ended')
    assert.is((await (await node()).history('ended')).seq, 400)
  })

  test.run()
}
