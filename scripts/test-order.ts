/**
 * Which test files begin first: those that take longest, so that none of them is left to run by itself at the end. Seconds on two quiet
 * cores, beside other files; `npm test` ends with the ten slowest. What stands not here is short.
 */
export const SECONDS: Readonly<Record<string, number>> = {
  'tests/journeys/hostile-looks.test.ts': 93,
  'tests/journeys/editor.test.ts': 80,
  'tests/journeys/dock.test.ts': 72,
  'tests/overlay/canvas.test.ts': 66,
  'tests/journeys/youtube.test.ts': 60,
  'tests/overlay/home.test.ts': 59,
  'tests/journeys/hostile-chat.test.ts': 57,
  'tests/journeys/instance.test.ts': 55,
  'tests/overlay/effects.test.ts': 50,
  'tests/overlay/page.test.ts': 50,
  'tests/faults/kill.test.ts': 50,
  'tests/journeys/webhooks.test.ts': 45,
  'tests/journeys/platforms.test.ts': 42,
  'tests/threats/http-abuse.test.ts': 37,
  'tests/journeys/accounts.test.ts': 37,
  'tests/faults/homes.test.ts': 36,
  'tests/journeys/moderation-screen.test.ts': 35,
  'tests/journeys/auto-streams.test.ts': 34,
  'tests/overlay/pictures.test.ts': 34,
  'tests/faults/restart.test.ts': 33,
  'tests/journeys/backup.test.ts': 28,
  'tests/workers/platforms/twitch/connect.test.ts': 28,
  'tests/journeys/packed.test.ts': 28,
  'tests/journeys/people-screen.test.ts': 27,
  'tests/journeys/kick-sockets.test.ts': 26,
  'tests/journeys/engine-room.test.ts': 26,
  'tests/journeys/export-dialog.test.ts': 26,
  'tests/journeys/live.test.ts': 25,
  'tests/journeys/overlay.test.ts': 24,
  'tests/faults/stall.test.ts': 22,
  'tests/journeys/history.test.ts': 22,
  'tests/journeys/postgres.test.ts': 20,
  'tests/journeys/obs-card.test.ts': 20,
  'tests/faults/nodes.test.ts': 25,
  'tests/server/bus/redis-faults.test.ts': 20,
  'tests/journeys/api-walk.test.ts': 20,
  'tests/journeys/command-line.test.ts': 18,
  'tests/journeys/api-docs.test.ts': 18,
  'tests/journeys/moderation.test.ts': 17,
  'tests/faults/followed.test.ts': 17,
  'tests/journeys/obs-first.test.ts': 16,
  'tests/journeys/scaled.test.ts': 15,
}

export function longestFirst(files: readonly string[], seconds = SECONDS): string[] {
  return files.toSorted((one, other) => (seconds[other] ?? 0) - (seconds[one] ?? 0))
}
