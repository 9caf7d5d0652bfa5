import { createHash } from 'node:crypto'

/** A script that Redis runs as one step: nobody else's command comes in between. */
export class Script {
  readonly text: string
  readonly sha: string

  constructor(text: string) {
    this.text = text
    this.sha = createHash('sha1').update(text).digest('hex')
  }
}
