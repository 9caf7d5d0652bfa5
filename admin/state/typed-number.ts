import { spoken } from '../language/language.ts'

/**
 * A number as people type it, with a point or a comma and the sign of typographers; null = none. What groups thousands in the language
 * that is spoken groups them here, too: whoever types `10.000` in German means ten thousand.
 */
export function typedNumber(typed: string): number | null {
  const text = typed.trim().replace('−', '-')
  const { group, decimal } = marks()
  const grouped = text.split(group)
  const plain = isGrouped(grouped, decimal) ? grouped.join('') : text
  return /^[+-]?(\d+([.,]\d*)?|[.,]\d+)$/.test(plain) ? Number(plain.replace(',', '.')) : null
}

/** Behind each mark stand three digits, and at least one before the first. */
function isGrouped([first = '', ...rest]: readonly string[], decimal: string): boolean {
  const last = rest.at(-1)?.split(decimal)[0] ?? ''
  return (
    rest.length > 0 &&
    /^[+-]?\d{1,3}$/.test(first) &&
    [...rest.slice(0, -1), last].every((three) => /^\d{3}$/.test(three))
  )
}

function marks(): { group: string; decimal: string } {
  const parts = new Intl.NumberFormat(spoken.value.locale).formatToParts(12_345.6)
  const mark = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value
  return { group: mark('group') ?? ',', decimal: mark('decimal') ?? '.' }
}
