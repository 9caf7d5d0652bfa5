/** What was asked makes no sense: a cursor that no page gave, an id that cannot be a folder's name, a torn batch. */
export class BadRequest extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'BadRequest'
  }
}
