import { signal } from '@preact/signals'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Workplaces } from '../../../admin/state/workplaces.ts'
import type { MeView } from '../../../server/api/accounts.ts'

const OWN = { id: 'c1', name: 'Den', role: 'owner' } as const
const OTHER = { id: 'c2', name: 'Pond', role: 'moderator' } as const

function meOf(...channels: MeView['channels']): MeView {
  return { account: { id: 'a1', username: 'Otter', owner: false, createdAt: 1 }, channel: OWN, channels }
}

/** A window's own storage, as far as it is used here. */
function storage(): Pick<Window, 'sessionStorage'> {
  const kept = new Map<string, string>()
  const sessionStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  }
  return { sessionStorage: sessionStorage as unknown as Storage }
}

const test = suite('state/workplaces')

test('begins in the own channel, which needs no name', () => {
  const works = new Workplaces(signal(meOf(OWN, OTHER)), storage())
  assert.equal(works.here.value, OWN)
  assert.is(works.named, null)
  assert.ok(works.may('owner'))
})

test('works elsewhere by name and role, also after a reload', () => {
  const window = storage()
  const me = signal(meOf(OWN, OTHER))
  new Workplaces(me, window).workIn('c2')
  const works = new Workplaces(me, window)
  assert.is(works.named, 'c2')
  assert.equal(
    (['viewer', 'moderator', 'owner'] as const).map((least) => works.may(least)),
    [true, true, false],
  )
})

test('is back in the own channel when the other one is lost', () => {
  const me = signal(meOf(OWN, OTHER))
  const works = new Workplaces(me, storage())
  works.workIn('c2')
  me.value = meOf(OWN)
  assert.equal(works.here.value, OWN)
  assert.is(works.named, null)
})

test('may nothing while nobody is signed in', () => {
  const works = new Workplaces(signal<MeView | null>(null), storage())
  assert.is(works.here.value, null)
  assert.is(works.named, null)
  assert.not.ok(works.may('viewer'))
})

test('works without storage', () => {
  const forbidden = {
    get sessionStorage(): Storage {
      throw new Error('forbidden')
    },
  }
  const works = new Workplaces(signal(meOf(OWN, OTHER)), forbidden)
  works.workIn('c2')
  assert.is(works.named, 'c2')
})

test.run()
