/**
 * What the overlay draws with: as much of preact as its parts use, in a quarter of the bytes. The build puts it in
 * preact's place (scripts/pages.ts); dock and panel draw the same parts with preact itself, and a test holds one against
 * the other. Left out: hooks, refs, contexts, parts with children of their own, and taking a listener away.
 */

type Props = Readonly<Record<string, unknown>>
type Part = ((props: Props) => unknown) | typeof Component
type Tag = HTMLElement | SVGElement

/** A class, so that nothing which came over the line can pass for one. */
class Made {
  readonly type: string | Part
  readonly key: unknown
  readonly props: Props
  readonly inside: unknown

  constructor(type: string | Part, { key, ...props }: Props, inside?: unknown) {
    this.type = type
    this.key = key
    this.props = props
    this.inside = inside
  }
}

/** Something made, as it stands on the page. */
interface Painted {
  made: Made
  /** A part has none of its own, but those of what it drew. */
  node?: Tag | Text
  part?: Component
  inner: Painted[]
}
/** Whose nodes stand side by side, whatever part drew them. */
interface Host extends Painted {
  node: Tag
}

const SVG = 'http://www.w3.org/2000/svg'
/** The type of what is text. */
const TEXT = ''
const roots = new WeakMap<Tag, Host>()

export function h(type: string | Part, given: Props | null, ...inside: unknown[]): Made {
  return new Made(type, given ?? {}, inside)
}

/** Draws into a tag, which then holds nothing else. */
export function render(made: Made, node: Tag): void {
  if (!roots.has(node)) node.textContent = ''
  const root = roots.get(node) ?? { made, node, inner: [] }
  roots.set(node, root)
  paintHost(root, made)
}

export class Component {
  props: Props
  state: Props = {}
  /** Of no use before it stands on the page. */
  repaint = () => {}

  constructor(props: Props) {
    this.props = props
  }

  shouldComponentUpdate(_next: Props): boolean {
    return true
  }

  render(_props: Props): unknown {
    return null
  }

  setState(change: Props): void {
    this.state = { ...this.state, ...change }
    this.repaint()
  }
}

function paintHost(host: Host, inside: unknown): void {
  paintInner(host, inside, host)
  place(host)
}

/** What is of the same type and key as before keeps its nodes; the first of them, where there are several. */
function paintInner(owner: Painted, drawn: unknown, host: Host): void {
  const left = [...owner.inner]
  owner.inner = listed(drawn).map((made) => {
    const at = left.findIndex(({ made: { type, key } }) => type === made.type && key === made.key)
    return paint(made, host, at < 0 ? undefined : left.splice(at, 1)[0])
  })
  for (const node of left.flatMap(nodesOf)) node.remove()
}

/** Lists in lists side by side; what is not there draws nothing, and whatever else is no tag is text. */
function listed(drawn: unknown): Made[] {
  if (Array.isArray(drawn)) return drawn.flatMap(listed)
  if (drawn === undefined || drawn === null || typeof drawn === 'boolean') return []
  return [drawn instanceof Made ? drawn : new Made(TEXT, { data: drawn })]
}

function paint(made: Made, host: Host, before?: Painted): Painted {
  const { type, props } = made
  if (typeof type === 'function') return paintPart(made, type, host, before)
  if (type !== TEXT) return paintTag(made, before?.node instanceof Element ? before.node : create(type, host), before)
  const node = before?.node ?? new Text()
  if (props.data !== before?.made.props.data) node.textContent = String(props.data)
  return { made, node, inner: [] }
}

function paintPart(made: Made, type: Part, host: Host, before?: Painted): Painted {
  const { props } = made
  const part = before?.part ?? begin(type, props)
  const painted = Object.assign(before ?? { inner: [] }, { made, part })
  const draw = () => paintInner(painted, part.render(part.props), host)
  const stays = before && !part.shouldComponentUpdate(props)
  part.props = props
  part.repaint = () => {
    draw()
    place(host)
  }
  if (!stays) draw()
  return painted
}

function begin(type: Part, props: Props): Component {
  return isClass(type) ? new type(props) : Object.assign(new Component(props), { render: type })
}

const isClass = (type: Part): type is typeof Component => type.prototype instanceof Component

function paintTag(made: Made, node: Tag, before?: Painted): Painted {
  for (const [name, value, was] of changes(made.props, before?.made.props)) set(node, name, value, was)
  const painted = Object.assign(before ?? { inner: [] }, { made, node })
  paintHost(painted, made.inside)
  return painted
}

function create(type: string, { node }: Host): Tag {
  const isSvg = type === 'svg' || node instanceof SVGElement
  return isSvg ? document.createElementNS(SVG, type) : document.createElement(type)
}

function set(node: Tag, name: string, value: unknown, was: unknown): void {
  if (typeof value === 'function') Object.assign(node, { [name.toLowerCase()]: value })
  else if (isProps(value)) setStyle(node, value, isProps(was) ? was : {})
  else if (value === undefined || value === null) node.removeAttribute(name)
  else node.setAttribute(name, String(value))
}

function setStyle({ style }: Tag, now: Props, before: Props): void {
  for (const [name, value] of changes(now, before)) style.setProperty(name, String(value ?? ''))
}

const isProps = (value: unknown): value is Props => typeof value === 'object' && value !== null

/** The names whose values are others than before, with both. */
function changes(now: Props, before: Props = {}): [name: string, value: unknown, was: unknown][] {
  const names = Object.keys({ ...before, ...now }).filter((name) => now[name] !== before[name])
  return names.map((name) => [name, now[name], before[name]])
}

function nodesOf({ node, inner }: Painted): (Tag | Text)[] {
  return node ? [node] : inner.flatMap(nodesOf)
}

/** Puts nodes in order, and moves as few as it can: what is moved starts its animations again. */
function place({ node, inner }: Host): void {
  let at = node.firstChild
  for (const each of inner.flatMap(nodesOf)) {
    const next = at?.nextSibling
    if (next === each) at?.remove()
    if (at === each || next === each) at = each.nextSibling
    else node.insertBefore(each, at)
  }
}
