import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { timeOfDay } from '../../../admin/state/format.ts'
import { whoHid } from '../../../admin/state/who-hid.ts'
import type { DeedView } from '../../../server/api/moderation.ts'
import { message } from '../events.ts'

const test = suite('admin/state/who-hid')

const event = message(1)
const deed = (what: DeedView['what'], target: DeedView['target'], undoneBy: string | null = null): DeedView => ({
  ...{ id: 'd', at: 5, by: { kind: 'account', name: 'Otter' }, what, target, undoneBy },
  ...{ author: null, text: null, undoes: null },
})
const person = { platform: event.platform, authorId: event.author.id }
/** The name has a direction of its own. */
const said = `\u2068Otter\u2069, ${timeOfDay(5)}`

test('names who hid a message, or the person who wrote it', () => {
  assert.is(whoHid({ n: 1, event, removedBy: 'panel' }, [deed('hide', { id: event.id })]), said)
  const withAuthor = { n: 1, event, removedBy: 'panel', withAuthor: true } as const
  assert.is(whoHid(withAuthor, [deed('hide', { id: event.id }), deed('hidePerson', person)]), said)
})

test('names nobody where the deed was about something else, or was taken back', () => {
  const row = { n: 1, event, removedBy: 'panel' } as const
  for (const other of [
    deed('hide', { id: 'red:other' }),
    deed('feature', { id: event.id }),
    deed('hide', { id: event.id }, 'later'),
    deed('hidePerson', { ...person, platform: 'another' }),
    deed('hide', null),
  ]) {
    assert.is(whoHid(row, [other]), null)
  }
})

test.run()
