/** As the formatter would write it: double quotes only where they save escapes. */
export function quoted(text: string): string {
  if (text.includes("'") && !text.includes('"')) return JSON.stringify(text)
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}
