import { readFileSync } from 'node:fs'

/** Read before a test's server, in each of its threads: the time of day is as many ms off as the file STEPPING_CLOCK says. */

const { STEPPING_CLOCK: control = '' } = process.env
const { now } = Date
Date.now = () => now() + Number(readFileSync(control, 'utf8'))
globalThis.Date = new Proxy(Date, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [target.now()] : args, made),
})
