/**
 * JSON that anybody may have sent. Throws on keys that every object has, as `__proto__` or `toString`, and on nesting too deep to walk: no
 * field of ours is called so, `Object.prototype` is frozen, and whoever made such a value into text would get what was sent called.
 */
export function foreignJson(text: string): unknown {
  return JSON.parse(text, refuseInherited)
}

function refuseInherited(key: string, value: unknown): unknown {
  if (Object.hasOwn(Object.prototype, key)) throw new SyntaxError(`${key} is no key`)
  return value
}
