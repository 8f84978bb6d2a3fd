import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBy, parseLabel } from '../src/label.ts'

const nameOf = (text: string) => parseLabel(text).name

test('characters that nobody sees are no part of a label', () => {
  const invisible =
    '\u00AD\u034F\u061C\u115F\u1160\u17B4\u180E\u200B\u200C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061' +
    '\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206A\u2800\u3164\uFEFF\uFFA0\uFFF9\u{1D173}\u{E0001}\u{E0041}\u{E007F}'
  for (const character of invisible) {
    assert.equal(nameOf(`c${character}at`), 'cat')
    assert.throws(() => nameOf(character), { code: 'label.empty' })
  }
  assert.equal(nameOf('a\u200Db'), 'ab')
  assert.throws(() => nameOf('\uFE0F'), { code: 'label.empty' })
  assert.equal(nameOf(' \uFE0F cat'), 'cat')
  for (const selector of ['\uFE00', '\uFE0E', '\uFE0F', '\u{E0100}']) assert.equal(nameOf(`cat${selector}`), 'cat')
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
    '葛\u{E0100}',
    '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    '👋🏽',
    '🇯🇵',
    'x\u0302',
  ])
    assert.equal(nameOf(text), text)
})

test('a joiner within a word of a script that is written with it stays, and labels are compared without it', () => {
  for (const text of ['می\u200Cخواهم', 'क्\u200Dष', 'क्\u200Cष', 'ක්\u200Dර', 'ক্\u200Dষ', 'ക്\u200D', 'நா\u200Cயி']) {
    assert.equal(nameOf(text), text)
    assert.equal(parseLabel(text).key, parseLabel(text.replace(/[\u200C\u200D]/g, '')).key)
  }
  assert.equal(nameOf('می\u200C\u200C\u200Dخواهم'), 'می\u200Cخواهم')
  for (const [text, name] of [
    ['\u200Cمی\u200C', 'می'],
    ['می\u200C خواهم', 'می خواهم'],
    ['می\u200Ca', 'میa'],
    ['का\u200D', 'का'],
    ['а\u200Cб', 'аб'],
    ['黒\u200D猫', '黒猫'],
    ['👩\u200C💻', '👩💻'],
  ] as const)
    assert.equal(nameOf(text), name)
  assert.notEqual(parseLabel('👩\u200D💻').key, parseLabel('👩💻').key)
})

test('a name that was read once is read again as it is', () => {
  for (const text of [
    'a\u{E0041}\u{E0100}',
    'e\u200D\u0301',
    '猫\uFE0F\u200D\u{E0100}\u3164',
    '\u200C\u3164 می\u200C\u{E0041}خ',
  ])
    assert.equal(nameOf(nameOf(text)), nameOf(text), JSON.stringify(text))
})

test('labels that differ only in what nobody sees, or in how it is encoded, are compared as one', () => {
  const { key } = parseLabel('Café')
  for (const text of ['Cafe\u0301', 'CAFÉ', '\u202ECafé\u202C', 'Ca\u200Bfé ', '\u3164Café'])
    assert.equal(parseLabel(text).key, key, JSON.stringify(text))
})

test('a label is on one line', () => {
  for (const text of ['a\u2028b', 'a\u2029b', 'a\u0085b', 'a\u001Bb', '\ud83d'])
    assert.throws(() => nameOf(text), { code: 'label.control-character' })
})

test('labels compare without width and other compatible forms, and are shown as they were typed', () => {
  const same = [
    ['ＣＡＴ１', 'cat1'],
    ['ﾈｺ', 'ネコ'],
    ['ｶﾞﾗｽ', 'ガラス'],
    ['㌔', 'キロ'],
    ['①', '1'],
    ['ﬁsh', 'FISH'],
    ['a\u3000b', 'a b'],
  ] as const
  for (const [one, other] of same) {
    assert.equal(parseLabel(one).key, parseLabel(other).key, one)
    assert.equal(parseLabel(one).name, one.trim())
  }
  for (const [one, other] of [
    ['ねこ', 'ネコ'],
    ['は', 'ば'],
    ['か', 'が'],
    ['a', 'b'],
  ] as const)
    assert.notEqual(parseLabel(one).key, parseLabel(other).key, one)
})

test('hiragana finds katakana, and the other way round', () => {
  for (const text of ['ネコ', 'ﾈｺ', ' ねこ ']) assert.equal(findBy(text), findBy('ねこ'))
  assert.equal(findBy('がっこう'), findBy('ｶﾞｯｺｳ'))
  assert.ok(findBy('America/New_York').includes(findBy('new york')))
})
