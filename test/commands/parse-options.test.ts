// What front ends hand over is checked against what a command declares: nothing of another kind gets in, whoever sends it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  channel,
  choice,
  examples,
  flag,
  ids,
  number,
  type Option,
  pictures,
  text,
  upload,
} from '../../src/commands/options.ts'
import { parseOptions } from '../../src/commands/parse-options.ts'

const parse = (option: Option, value: unknown): unknown =>
  parseOptions({ options: { it: option } }, { it: value }, { frontEnd: 'web' }).it

test('a value of the declared kind is taken', () => {
  assert.equal(parse(text('a text'), 'cat'), 'cat')
  assert.equal(parse(text('a text'), 12), '12')
  assert.equal(parse(number('a number'), 12), 12)
  assert.equal(parse(flag('a flag'), false), false)
  assert.equal(parse(choice('a choice', ['keep', 'move']), 'move'), 'move')
  assert.equal(parse(channel('a channel'), '140000000000000001'), '140000000000000001')
  assert.deepEqual(parse(ids('ids'), '3,4'), [3, 4])
  assert.deepEqual(parse(ids('ids'), [3, 4]), [3, 4])
  assert.deepEqual(parse(examples('examples'), '12, 15-20'), ['12', '15-20'])
  assert.deepEqual(parse(examples('examples'), ['two words.png', '12']), ['two words.png', '12'])
  assert.equal(parse(choice('a choice', ['on', 'off'], { fallback: 'on' }), undefined), 'on')
})

test('a value of another kind is refused', () => {
  const kinds: [Option, unknown[]][] = [
    [text('a text'), [undefined, null, {}, ['cat']]],
    [number('a number'), ['12', Number.NaN, Number.POSITIVE_INFINITY, [1], null]],
    [flag('a flag'), ['true', 1, null]],
    [choice('a choice', ['keep', 'move']), ['undo', ['keep'], { toString: () => 'keep' }, null]],
    [channel('a channel'), ['general', '1> @everyone', 12, null]],
    [ids('ids'), ['3,x', '-1', '', [1.5], ['3'], [0], {}]],
    [examples('examples'), [[1], {}, null]],
    [upload('a ZIP'), ['/etc/passwd', { name: 'x.zip' }, null]],
  ]
  for (const [option, values] of kinds)
    for (const value of values)
      assert.throws(() => parse(option, value), { code: 'option.invalid' }, `${option.kind} ${JSON.stringify(value)}`)
})

test('what a front end does not offer is as if it were not given', () => {
  const options = { yes: flag('at once', { optional: true, frontEnds: ['cli'] }), picture: pictures('a picture') }
  const given = { yes: true }
  assert.equal(parseOptions({ options }, given, { frontEnd: 'web' }).yes, undefined)
  assert.equal(parseOptions({ options }, given, { frontEnd: 'cli' }).yes, true)
})
