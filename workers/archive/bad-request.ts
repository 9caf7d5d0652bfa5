/** What was asked makes no sense: a cursor that no page gave, an id that cannot be a folder's name, a torn batch. */
export class BadRequest extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BadRequest'
  }
}

/** Another server holds the channel with a newer number: whoever wrote with this one has to stop. */
export class Fenced extends Error {
  constructor(cause: unknown) {
    super('Another server has taken over this channel.', { cause })
    this.name = 'Fenced'
  }
}
