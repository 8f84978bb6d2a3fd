import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inside, readable, toPath } from '../../src/files/path.ts'

const bytes = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)))

test('a path is text where its bytes are UTF-8, and its bytes where they are not', () => {
  assert.equal(toPath(bytes('猫.jpg')), '猫.jpg')
  assert.deepEqual(toPath(bytes([0x94], 'L.jpg')), bytes([0x94], 'L.jpg'))
  assert.equal(inside('./a', 'b'), './a/b')
  assert.equal(inside('/', 'b'), '/b')
  assert.deepEqual(inside('猫', bytes([0xe9])), bytes('猫/', [0xe9]))
  assert.deepEqual(inside(bytes([0xe9], '/'), 'b'), bytes([0xe9], '/b'))
})

test('names of other encodings are read as people wrote them', () => {
  const names: [Buffer, string][] = [
    [bytes([0x94, 0x4c], '.jpg'), '猫.jpg'],
    [bytes([0x83, 0x65, 0x83, 0x58, 0x83, 0x67]), 'テスト'],
    [bytes('caf', [0xe9], '.jpg'), 'café.jpg'],
    [bytes('P', [0xe9], 'rez gr', [0xf6, 0xdf], 'er'), 'Pérez größer'],
    // One folder in UTF-8, one in Shift-JIS, a file in Latin-1.
    [bytes('犬/', [0x94, 0x4c], '/na', [0xef], 've'), '犬/猫/naïve'],
    // Of no encoding: something is shown all the same.
    [bytes('f', [0xff, 0xfe]), 'fÿþ'],
    [bytes([0x81, 0x20]), '\u0081 '],
  ]
  for (const [name, shown] of names) assert.equal(readable(name), shown)
})
