/** A text's forms for one and for any other number, by the rules of the language (`Intl.PluralRules`). */
export interface Plural {
  one: string
  other: string
}

/** English text → the same in another language. */
export type Catalogue = Readonly<Record<string, string | Plural>>

/** A language, as it is fetched. */
export interface Tongue {
  texts: Catalogue
  /** What the server says with values in it. */
  sentences: Readonly<Record<string, string>>
}
