// Long texts are cut between characters as people see them, wherever Discord limits them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codePoints, cutText } from '../../src/discord/cut-text.ts'
import { ofType } from '../support/discord/components.ts'
import { inWorld } from '../support/discord/world.ts'

/** One character each, of several code points and of even more UTF-16 units. */
const FAMILY = '👨\u200D👩\u200D👧\u200D👦'
const CIRCUMFLEX = 'x\u0302'
const FLAG = '🇯🇵'
const VARIATION = '❤\uFE0F'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const charactersOf = (text: string): string[] => [...segmenter.segment(text)].map((s) => s.segment)

/** Whether a text is the beginning of a longer one, of whole characters, and says that it was cut. */
function isCutOf(cut: string, text: string): boolean {
  const kept = charactersOf(cut.slice(0, -'…'.length))
  return cut.endsWith('…') && kept.every((character, i) => character === charactersOf(text)[i])
}

for (const character of [FAMILY, CIRCUMFLEX, FLAG, VARIATION, '𠮷', 'が'.normalize('NFD'), 'ก็'])
  test(`${character} is never cut in two`, () => {
    const text = `a${character.repeat(9)}`
    for (const size of [(t: string) => t.length, codePoints])
      for (let max = 1; max < size(text); max++) {
        const cut = cutText(text, max, size)
        assert.ok(size(cut) <= max, `${cut} of ${max}`)
        assert.ok(isCutOf(cut, text), `${cut} of ${max}`)
      }
    assert.equal(cutText(text, text.length), text)
  })

test('suggestions, buttons, lists and texts show long labels of emoji in whole characters', () =>
  inWorld(async ({ stand, people, pictures, start }) => {
    await start()
    await stand.textOf(stand.command(people.manager, 'settings', { retraining: 'by-hand' }), /by hand/)
    // As long as Discord lets a suggestion be.
    const labels = new Map([
      ['Akari', FAMILY.repeat(9)],
      ['Botan', CIRCUMFLEX.repeat(49)],
    ])
    for (const [name, label] of labels) {
      const other = name === 'Akari' ? 'Botan' : 'Akari'
      for (const files of [await pictures(name, 0, 10), await pictures(other, 30, 32)])
        await stand.textOf(stand.command(people.teacher, 'label', { label }, files), /Added/)
    }
    const isShortened = (text: string): boolean => [...labels.values()].some((label) => isCutOf(text, label))

    const suggested = await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', ''))
    const { choices } = suggested.data as { choices: { name: string; value: string }[] }
    assert.deepEqual(new Set(choices.map((c) => c.value)), new Set(labels.values()))
    for (const { name } of choices) assert.ok(isShortened(name.replace(/ \(12\)$/, '')), name)

    const trained = stand.command(people.teacher, 'train')
    await stand.textOf(trained, /Learned/)
    const review = stand.press(people.teacher, trained.message!, 'Review')
    await stand.textOf(review, /Is this really/)
    const buttons = review.message!.buttons.map((c) => c.label ?? '')
    const moveTo = buttons.find((label) => label.startsWith('Move to '))
    assert.ok(moveTo && isShortened(moveTo.slice('Move to '.length)), buttons.join())

    const asked = [await pictures('Akari', 20, 21), await pictures('Botan', 20, 21)].flat()
    const answered = stand.command(people.member, 'predict', {}, asked)
    await stand.textOf(answered, / %/)
    const lists = ofType(answered.message!.components, 'list')
    const entries = lists.flatMap((c) => c.options ?? []).map((o) => o.label.replace(/^\d+\. /, ''))
    assert.ok(
      entries.length > 0 && entries.every((entry) => entry === labels.get('Botan') || isShortened(entry)),
      entries.join(),
    )
  }))
