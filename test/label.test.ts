import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseLabel } from '../src/label.ts'

const nameOf = (text: string) => parseLabel(text).name

test('characters that nobody sees are no part of a label', () => {
  const invisible = '\u00AD\u115F\u1160\u200B\u200C\u200E\u200F\u2060\u2061\u2062\u2063\u2064\u3164\uFEFF\uFFA0'
  for (const character of invisible) {
    assert.equal(nameOf(`c${character}at`), 'cat')
    assert.throws(() => nameOf(character), { code: 'label.empty' })
  }
  assert.equal(nameOf('a\u200Db'), 'ab')
  assert.throws(() => nameOf('\uFE0F'), { code: 'label.empty' })
  assert.equal(nameOf(' \uFE0F cat'), 'cat')
})

test('what joins and varies emoji and characters stays', () => {
  for (const text of [
    '👩\u200D💻',
    '👩🏽\u200D💻',
    '❤\uFE0F\u200D🔥',
    '👨\u200D👩\u200D👧',
    '🏳\uFE0F\u200D🌈',
    '1\uFE0F\u20E3',
    '葛\uFE00',
  ])
    assert.equal(nameOf(text), text)
})
