import type { Format } from './format.ts'

/** One array of events, as `GET /api/streams/:id/events` gives them. */
export const json: Format = {
  type: 'application/json; charset=utf-8',
  ending: 'json',
  open: () => {
    let before = ''
    return {
      head: () => '[\n',
      row: (entry) => {
        const row = before + JSON.stringify(entry)
        before = ',\n'
        return row
      },
      tail: () => '\n]\n',
    }
  },
}

/** One event a line. */
export const jsonl: Format = {
  type: 'application/jsonl; charset=utf-8',
  ending: 'jsonl',
  open: () => ({ head: () => '', row: (entry) => `${JSON.stringify(entry)}\n`, tail: () => '' }),
}
