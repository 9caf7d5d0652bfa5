import type { Row } from '../help/rows.ts'

/** Every fault that CrossChat is held against, and the test that brings it about. `why` says what a test leaves open. */

export const FAULT_ROWS: readonly Row[] = [
  {
    row: 'F1',
    what: 'a worker throws',
    test: 'tests/faults/poison.test.ts › is set aside after the second death, with its reason, while three chats go on',
  },
  {
    row: 'F2',
    what: 'a worker is terminated anywhere in a critical section',
    test: 'tests/faults/queue-violence.test.ts › costs no record, whole, once and in order, however its writers are paused and terminated (seeded)',
  },
  {
    row: 'F3',
    what: 'a worker hangs in a loop',
    test: 'tests/faults/poison.test.ts › is found by the watchdog when it hangs the worker, and set aside as well',
  },
  {
    row: 'F4',
    what: 'a worker runs out of heap',
    test: 'tests/faults/heap.test.ts › costs nobody a message: what took the heap is set aside, and who fails again and again waits and says so',
  },
  {
    row: 'F5',
    what: 'the main thread stands still for 5 s',
    test: 'tests/faults/stall.test.ts › kills no worker, loses nothing and doubles nothing when the whole process stands still for 5 s',
  },
  {
    row: 'F6',
    what: 'kill -9 under load',
    test: 'tests/faults/kill.test.ts › keeps every answered event, once and in order, over ten kills of a server with a live stream',
    why: 'ten kills; `npm run soak -- kills` makes a hundred and opens every file after each',
  },
  {
    row: 'F7',
    what: 'power loss',
    test: [
      'tests/faults/disk-power.test.ts › costs a transcript only what was written behind the last sync, wherever it cuts the file',
      'tests/faults/disk-power.test.ts › costs no account and no password that was answered, wherever it cuts the file',
    ],
    why: 'a cut tail stands for the power; whole files that a file system would lose are not tried',
  },
  {
    row: 'F8',
    what: 'the disk fills up while the server runs',
    test: 'tests/faults/disk-full.test.ts › that is full while the server runs costs no message, dims no picture, and is written again by itself',
  },
  {
    row: 'F9',
    what: 'the disk is full when the server starts',
    test: 'tests/faults/disk-full.test.ts › that is full when the server starts lets it show and read, and no file is touched',
  },
  {
    row: 'F10',
    what: 'the N-th file operation fails',
    test: [
      'tests/faults/disk-sweep.test.ts › costs no acknowledged account or password, and keeps none that was refused, whichever operation it is',
      'tests/faults/disk-sweep.test.ts › leaves of a transcript what was acknowledged and nothing else, whichever operation it is',
    ],
  },
  {
    row: 'F11',
    what: 'every write takes 500 ms',
    test: [
      'tests/faults/disk-full.test.ts › that is slow holds up no picture',
      'tests/faults/disk-slow.test.ts › holds back a bounded number of bytes, and leaves what goes beyond as a gap in its place',
    ],
  },
  {
    row: 'F12',
    what: 'a torn last line, a flipped byte',
    test: [
      'tests/faults/disk-damage.test.ts › costs at most the record it hits in each kind of table, says so and keeps what it cuts out',
      'tests/faults/disk-damage.test.ts › costs at most the event it hits in each file of a transcript, and brings nothing back that was taken away',
    ],
    why: 'a byte that is flipped inside a text of a table is not noticed; records of transcripts have a checksum; a stretch of bytes over the end of a line costs both records that it hits',
  },
  {
    row: 'F13',
    what: 'an overlay’s network is cut',
    test: [
      'tests/overlay/page.test.ts › shows each event once across a dropped line, and keeps its rows meanwhile',
      'tests/faults/faults.test.ts › lose, double, reorder and invent nothing for pages of every kind, one after the other under load',
      'tests/faults/half-open.test.ts › shows each event once and in order when it thaws, as it was, given up meanwhile, or behind by more than is kept',
      'tests/journeys/wire.test.ts › says recovered: false and sends a snapshot when the epoch is another one or too much was missed',
    ],
  },
  {
    row: 'F14',
    what: '1,000 overlays come back at once',
    test: [
      'tests/faults/herd.test.ts › is told of a restart, comes back all at once, and every one has what it missed and what comes, once',
      'tests/overlay/retry.test.ts › gives a restarting server one to five seconds',
      'tests/faults/faults.test.ts › lose, double, reorder and invent nothing for pages of every kind, one after the other under load',
    ],
    why: 'what becomes of them, not how long it takes',
  },
  {
    row: 'F15',
    what: 'a slow overlay',
    test: [
      'tests/journeys/wire.test.ts › cuts off a client that stops reading, and holds nobody else up',
      'tests/threats/ws-abuse.test.ts › cuts off readers that stand still, many at once, and holds nobody else up',
    ],
  },
  {
    row: 'F16',
    what: 'a peer whose cable is pulled',
    test: [
      'tests/faults/half-open.test.ts › is found by the second ping and freed, and nobody who answers is',
      'tests/workers/platforms/twitch/connect.test.ts › finds a connection that is open and dead, and comes back',
    ],
    why: 'the fallback of event streams has no pings: the system’s own timeout ends it, or 1 MiB that waits',
  },
  {
    row: 'F17',
    what: 'the clock jumps',
    test: [
      'tests/faults/clock.test.ts › leaves the order, the throttle, the way back and everybody who is signed in as they were',
      'tests/faults/clock.test.ts › ends sessions when it goes on by more than they last, and brings none of them back',
      'tests/server/heartbeat.test.ts › tells nothing when the file is damaged, and that of the future as of now, so that a break is told',
      'tests/workers/source.test.ts › leaves a gap also where the clock was set back meanwhile',
      'tests/server/expiry.test.ts › removes nothing by a clock that has jumped ahead, until it has stood so for a day',
    ],
  },
  {
    row: 'F18',
    what: 'platforms that disconnect, refuse, repeat and garble',
    test: 'tests/journeys/platforms.test.ts › shows nothing twice and everything of one platform in order, through all of it',
  },
  {
    row: 'F19',
    what: 'deliveries that come again',
    test: [
      'tests/journeys/kick-hooks.test.ts › shows each of a burst once and in order of arrival, though each is delivered three times at once',
      'tests/journeys/kick-hooks.test.ts › takes a replayed delivery once, and one message under two delivery ids once',
      'tests/journeys/twitch.test.ts › shows a delivery that comes again once',
    ],
    why: '600 at once, not 5,000 a second',
  },
  {
    row: 'F20',
    what: 'names, certificates and tokens that fail',
    test: [
      'tests/faults/outside.test.ts › is told in the source’s state and tried again, without harm to others, until it is mended',
      'tests/workers/platforms/kick/connect.test.ts › gets a fresh token before the old one ends, and when it has ended',
    ],
  },
  {
    row: 'F21',
    what: 'SIGTERM under load',
    test: [
      'tests/faults/kill.test.ts › ends with 0 within its deadline on SIGTERM under load, with all it answered kept',
      'tests/faults/faults.test.ts › lose, double, reorder and invent nothing for pages of every kind, one after the other under load',
    ],
  },
  {
    row: 'F22',
    what: 'a second SIGTERM, a drain that hangs',
    test: [
      'tests/server/ending.test.ts › ends with 1 at once when it is told a second time',
      'tests/server/ending.test.ts › ends with 1 at its deadline, whatever hangs, and says so',
    ],
  },
  {
    row: 'F23',
    what: 'two processes on one data folder',
    test: [
      'tests/faults/kill.test.ts › refuses a second server on the same folder and leaves the first one alone',
      'tests/server/stores/nedb/lock.test.ts › is taken by one of many at once, over a lock of the dead',
    ],
  },
  {
    row: 'F24',
    what: 'data of another version',
    test: [
      'tests/server/stores/old-data.test.ts › is opened with all that an earlier version left, goes on, and is whole after the next start',
      'tests/server/stores/old-data.test.ts › is refused in a newer form, with a sentence, and no byte of it changes',
      'tests/server/stores/nedb/migrate.test.ts › ends the same after a kill at any step, and loses no original',
      'tests/server/stores/nedb/migrate.test.ts › refuses a folder in a newer form, also one that is only on its way there, and changes nothing',
    ],
  },
  {
    row: 'F25',
    what: 'an older copy is put back while readers know more',
    test: 'tests/faults/disk-full.test.ts › that is put back to an older state shows nothing of what it no longer has',
  },
  {
    row: 'F26',
    what: 'one channel is flooded',
    test: [
      'tests/server/ingest.test.ts › hands over what one channel sends behind another’s flood after at most two payloads of that',
      'tests/threats/ws-abuse.test.ts › makes nobody wait for more of another channel’s flood than was taken before them',
    ],
    why: 'the order; the milliseconds are a matter of the bench `neighbour`',
  },
  {
    row: 'F27',
    what: 'little memory',
    test: 'tests/faults/little-memory.test.ts › refuses what it has no room for, keeps or tells what it took, and does not die of it',
    why: 'the heap is limited, not the whole process',
  },
  {
    row: 'F28',
    what: 'no file descriptor is left',
    test: [
      'tests/faults/descriptors.test.ts › keeps some for its files when a crowd takes every connection, says so, and takes connections again',
      'tests/faults/descriptors.test.ts › goes on for those who are there when every descriptor is gone, and for all once they are free',
    ],
  },
  {
    row: 'F29',
    what: 'an error that nobody handles',
    test: 'tests/faults/ending.test.ts › ends with 1 after a failure that nobody expected, named in its log, with all it answered kept',
  },
  {
    row: 'F30',
    what: 'nobody reads the log',
    test: 'tests/faults/ending.test.ts › goes on when nobody reads its log, counts what it drops, and ends with 0',
  },
]
