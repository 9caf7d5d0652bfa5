import { connect } from './connect.ts'
import { index, name, payload } from './itself.ts'
import { normalise, READ, SAMPLES } from './messages.ts'
import { test } from './test.ts'
import { verify } from './verify.ts'

/** The files of a platform that has no chat yet: their paths and texts. */
export function skeleton(id: string, label: string): Record<string, string> {
  const folder = `workers/platforms/${id}`
  return {
    [`${folder}/index.ts`]: index(id, label),
    [`${folder}/payload.ts`]: payload(label),
    [`${folder}/name.ts`]: name(label),
    [`${folder}/connect.ts`]: connect(id, label),
    [`${folder}/verify.ts`]: verify(id),
    [`${folder}/read.ts`]: READ,
    [`${folder}/normalise.ts`]: normalise(id),
    [`${folder}/samples.ts`]: SAMPLES,
    [`tests/${folder}/normalise.test.ts`]: test(id),
  }
}
