/** What is thrown here is looked for by its line, which has to be that of this text. */

interface Told {
  line: number
}

function fail({ line }: Told): never {
  throw new Error(`line ${line}`)
}

fail({ line: 8 })
