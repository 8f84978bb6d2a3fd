// However long an answer is: every page keeps Discord's limits, and together they say all of it.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import type { Result } from '../../src/commands/define.ts'
import { toPages } from '../../src/discord/cards/pages.ts'
import { renderPage } from '../../src/discord/cards/render.ts'
import type { BotContext } from '../../src/discord/context.ts'
import { languages } from '../../src/discord/words.ts'
import type { Section } from '../../src/locales/answer.ts'
import { messageProblems } from '../support/discord/checks.ts'
import { type Component, HAS_CARDS, ofType } from '../support/discord/components.ts'

const kept = new Map<string, unknown>()
const ttlStore = { get: async (key: string) => kept.get(key), set: async (key: string, v: unknown) => kept.set(key, v) }
const bot = { app: { ttlStore }, log: { warn: mock.fn() }, seesContent: true } as unknown as BotContext

/** As it goes over the wire, and checked as Discord would. */
async function sent(results: Result[], page = 1, words = languages.en): Promise<Component[]> {
  const { components, files } = await renderPage(bot, results, { words, page })
  const wire = JSON.parse(JSON.stringify(components)) as Component[]
  const named = files.map(({ name, attachment }) => ({ name: name ?? '', bytes: attachment as Buffer }))
  const problems = messageProblems({ components: wire, flags: HAS_CARDS, allowed_mentions: { parse: [] } }, named)
  assert.deepEqual([...problems], [])
  return wire
}
const textOf = (wire: Component[]): string =>
  ofType(wire, 'text')
    .map((c) => c.content)
    .join('\n')
const positionOf = (wire: Component[]): string | undefined =>
  ofType(wire, 'button').find((b) => /^\d+\/\d+$/.test(b.label ?? ''))?.label

test('500 labels with long names are all on some page, once, in both languages', async () => {
  const labels = Array.from({ length: 500 }, (_, i) => ({ label: `${'名前'.repeat(20)} ${i}!`, examples: i }))
  const result: Result = { key: 'labels', values: { labels }, again: { command: 'labels', options: {} } }
  for (const words of [languages.en, languages.ja]) {
    const first: Component[] = await sent([result], 1, words)
    const of = Number(positionOf(first)?.split('/')[1])
    assert.ok(of > 10)
    let all = ''
    for (let page = 1; page <= of; page++) all += `${textOf(await sent([result], page, words))}\n`
    for (const { label } of labels) assert.equal(all.split(`${label}`).length, 2, label)
    assert.equal(positionOf(await sent([result], of + 5, words)), `${of}/${of}`)
  }
})

test('a page of a longer list is one card, however long its rows are; what not even Discord takes is a detail', async () => {
  const reasons = [
    { kind: 'looks-like' as const, label: 'r'.repeat(99) },
    { kind: 'also-under' as const, label: 'o'.repeat(99), example: 7 },
  ]
  const suspects = Array.from({ length: 15 }, (_, i) => ({
    ...{ example: 1_000 + i, score: 1, suggested: null, leftOut: false, file: 'f', by: '1', reasons },
    label: `${'名'.repeat(95)}${i}`,
  }))
  const again = { command: 'suspects', options: {} }
  const page = { number: 2, of: 4 }
  kept.clear()
  const wire = await sent([{ key: 'suspects', values: { suspects, total: 60 }, again, page }])
  assert.equal(positionOf(wire), '2/4')
  const all = textOf(wire) + JSON.stringify([...kept.values()])
  for (const { example } of suspects) assert.ok(all.includes(`#${example}`), `${example}`)
  const short = suspects.map((suspect) => ({ ...suspect, label: 'cat', reasons: [] }))
  const one = await sent([
    { key: 'suspects', values: { suspects: short, total: 15 }, again, page: { number: 1, of: 1 } },
  ])
  assert.deepEqual(ofType(one, 'button'), [])
})

test('an action that is too long for an id is kept, and its buttons are told apart', async () => {
  const labels = Array.from({ length: 200 }, (_, i) => ({ label: `label ${i}`, examples: i }))
  const again = { command: 'labels', options: { label: 'x'.repeat(100) } }
  const wire = await sent([{ key: 'labels', values: { labels }, again }], 2)
  const ids = ofType(wire, 'button').map((b) => b.custom_id ?? '')
  assert.equal(new Set(ids).size, 3)
  for (const [i, id] of ids.entries()) assert.match(id, new RegExp(`^page\\|${i + 1}\\|~`))
})

test('many answers at once: up to five cards, more in one, and what does not fit is kept as details', async () => {
  const failed = (i: number): Result => ({
    key: 'predicted',
    values: { file: `${'f'.repeat(90)}${i}.png`, error: { code: 'unknown.code', message: 'm'.repeat(200) } },
    choices: [{ key: 'right', command: 'feedback', options: { prediction: `${i}`, right: true } }],
  })
  const results = Array.from({ length: 20 }, (_, i) => failed(i))
  assert.equal(ofType(await sent(results.slice(0, 5)), 'container').length, 5)
  kept.clear()
  const wire = await sent(results)
  assert.equal(ofType(wire, 'container').length, 1)
  assert.ok(ofType(wire, 'button').some((b) => b.label === languages.en.details))
  const all = textOf(wire) + JSON.stringify([...kept.values()])
  for (let i = 0; i < results.length; i++) assert.ok(all.includes(`f${i}.png`), `${i}`)
})

test('pages are cut between lines; titles are repeated and never stand alone; endless lines are cut between words', () => {
  const rows = (name: string, n: number): Section => ({
    title: name,
    lines: Array.from({ length: n }, (_, i) => [`${name} row ${i}`, 'x'.repeat(40)]),
  })
  const endless = `begin ${'word '.repeat(2_000)}end`
  const sections = [rows('first', 3), rows('second', 80), rows('third', 2), { lines: [endless, '字'.repeat(5_000)] }]
  const pages = toPages({ headline: 'Headline', lines: ['a line', false, ''], sections })
  assert.ok(pages.length > 4)
  for (const { texts } of pages) {
    assert.match(texts[0] ?? '', /^### Headline/)
    assert.ok(texts.join('\n').length <= 1_600, `${texts.join('\n').length}`)
    assert.doesNotMatch(texts.join('\n'), /\*\*(first|second|third)\*\*$/)
  }
  const all = pages.map(({ texts }) => texts.join('\n')).join('\n')
  for (let i = 0; i < 80; i++) assert.match(all, new RegExp(`second row ${i} · x`))
  assert.equal(all.match(/word/g)?.length, 2_000)
  assert.equal(all.match(/字/g)?.length, 5_000)
})

test('a page has one chart, and sections without one stay where there is room', () => {
  const section = (title: string, chart?: 'examples' | 'confusion'): Section => ({
    ...{ title, lines: ['a line'], ...(chart && { chart }) },
  })
  const sections = [section('a'), section('b', 'examples'), section('c'), section('d', 'confusion')]
  const pages = toPages({ headline: 'Headline', sections })
  assert.deepEqual(
    pages.map((page) => [page.chart, page.texts[1]?.match(/\*\*\w\*\*/g)]),
    [
      [undefined, ['**a**']],
      ['examples', ['**b**', '**c**']],
      ['confusion', ['**d**']],
    ],
  )
})

test('a short section stands on the card, a long one is a detail', () => {
  const answer = (n: number) => ({
    headline: 'Done.',
    sections: [{ lines: Array.from({ length: n }, () => 'a line') }],
  })
  assert.equal(toPages(answer(2), { hasDetails: true }).length, 1)
  assert.equal(toPages(answer(9), { hasDetails: true }).length, 2)
  assert.equal(toPages(answer(9)).length, 1)
})

test('further buttons stand beside those of the last row, where they fit, and never among those that turn pages', async () => {
  const again = { command: 'versions', options: {} }
  const choices = Array.from({ length: 5 }, (_, i) => ({ key: 'keep' as const, command: 'keep', options: { i } }))
  const said = { key: 'reported', values: { file: 'a', examples: 1, suspects: 1 } } as const
  const rowsOf = async (result: Result) =>
    ofType(await sent([result]), 'row').map((row) => (row.components ?? []).map((c) => c.label))
  const many = { labels: Array.from({ length: 300 }, (_, i) => ({ label: `label ${i}`, examples: i })) }
  assert.deepEqual(await rowsOf({ key: 'labels', values: many, choices: choices.slice(0, 2) }), [
    ['Keep', 'Keep', 'Details'],
  ])
  assert.deepEqual(
    (await rowsOf({ key: 'labels', values: many, choices })).map((row) => row.length),
    [5, 1],
  )
  assert.deepEqual(
    (await rowsOf({ key: 'labels', values: many, choices: choices.slice(0, 2), again })).map((r) => r.length),
    [2, 3],
  )
  assert.deepEqual(await rowsOf({ ...said, choices: [] }), [])
})
