/** A whole number from 0 on, below `count`. */
export function below(random: () => number, count: number): number {
  return Math.floor(random() * count)
}

/** One of them; the list must not be empty. */
export function oneOf<T>(random: () => number, choices: readonly T[]): T {
  const chosen = choices[below(random, choices.length)]
  if (chosen === undefined) throw new RangeError('There is nothing to choose from.')
  return chosen
}

/** Where something begins and ends in a length: mostly short, now and then all of it. */
export function stretch(random: () => number, length: number): [from: number, to: number] {
  const from = below(random, length + 1)
  const size = Math.ceil((length - from) * random() ** 3)
  return [from, from + size]
}
