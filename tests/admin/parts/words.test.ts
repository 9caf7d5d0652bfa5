import type { ComponentChildren } from 'preact'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Words } from '../../../admin/parts/words.ts'
import type { Part } from '../../../admin/state/model.ts'

const test = suite('admin/parts/words')

interface Node {
  type: unknown
  props: Record<string, unknown> & { children?: ComponentChildren }
}

function children(parts: Part[]): unknown[] {
  const { props } = Words({ parts }) as unknown as Node
  return [props.children].flat(2)
}

test('leaves hostile text a text child', () => {
  const text = '<img src=x onerror=alert(1)>'
  assert.equal(children([{ type: 'text', text }]), [text])
})

test('links to the web only, and away from this page', () => {
  const [web, script] = children([
    { type: 'link', text: 'example.org', url: 'https://example.org/a' },
    { type: 'link', text: 'click me', url: 'javascript:alert(1)' },
  ])
  const { type, props } = web as Node
  assert.equal([type, props.href, props.target], ['a', 'https://example.org/a', '_blank'])
  assert.match(String(props.rel), /noopener noreferrer/)
  assert.is(script, 'click me')
})

test('hands an emote to a part of its own, with its text', () => {
  const [emote] = children([{ type: 'emote', text: 'Kappa', id: '1', provider: 'p', url: 'https://example.org/k.png' }])
  const { props } = emote as Node
  assert.equal([props.text, props.url, props.stacked], ['Kappa', 'https://example.org/k.png', false])
})

test.run()
