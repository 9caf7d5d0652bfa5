/**
 * What is fuzzed: one place of the product that takes what others wrote. Every input is made from one seed, so that the seed alone brings
 * it back; targets that keep a state (a server's accounts) may need the inputs before it, too.
 */
export interface Target {
  name: string
  /** Inputs of the short run in `npm test`. */
  few: number
  open(): Promise<Aim>
}

/** `refused`: turned down as bad input is, with a clear error. */
export type Outcome = 'taken' | 'refused'

export interface Aim {
  /** One input, made and held against what must hold. */
  at(random: () => number): Shot
  close?(): Promise<void>
}

export interface Shot {
  /** Throws when something does not hold. */
  fire(): Outcome | Promise<Outcome>
  /** The input, for whoever reads of its failure. */
  told(): string
  /** The same with a little less in it; whichever still fails is made smaller again. */
  lesser(): Iterable<Shot>
}

/** An answer of ours that says that the fault is ours. */
export class ServerFault extends Error {}

/** The shots of inputs that are all of one kind. */
export interface Trial<Input> {
  check(input: Input): Outcome | Promise<Outcome>
  told(input: Input): string
  lesser(input: Input): Iterable<Input>
}

export function shot<Input>(input: Input, trial: Trial<Input>): Shot {
  return {
    fire: () => trial.check(input),
    told: () => trial.told(input),
    *lesser() {
      for (const less of trial.lesser(input)) yield shot(less, trial)
    },
  }
}
