/** Text as rules compare it. For matching only, never shown. */

// Zero-width and tag characters, soft hyphens, variation selectors: put between letters to dodge a word list.
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu
// Strokes and dots laid over letters. What belongs to a letter of any language is one with it after NFKC.
const LAID_OVER = /\p{Script=Inherited}/gu
const PLAIN = /^[\x20-\x7e]*$/
const WORDS = /[\p{L}\p{N}]+/gu
const LATIN = /\p{Script=Latin}/u
const OTHER = /[\p{Script=Cyrillic}\p{Script=Greek}]/u

/** Cyrillic and Greek letters that are drawn as Latin ones are. */
const TWINS = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    м: 'm',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    с: 'c',
    ѕ: 's',
    т: 't',
    у: 'y',
    ԝ: 'w',
    х: 'x',
    ԁ: 'd',
    α: 'a',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
  }),
)

/** Text as words are compared: one form, one case, nothing invisible, nothing laid over, no borrowed letters. */
export function forMatching(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().trim()
  const one = text.normalize('NFKC').replace(INVISIBLE, '').replace(LAID_OVER, '').toLowerCase().trim()
  return OTHER.test(one) ? one.replace(WORDS, withoutTwins) : one
}

/** Only where a word mixes scripts: one that is Cyrillic throughout is a word of its language. */
function withoutTwins(word: string): string {
  if (!LATIN.test(word) || !OTHER.test(word)) return word
  return Array.from(word, (letter) => TWINS.get(letter) ?? letter).join('')
}
