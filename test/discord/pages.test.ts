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

test('a short section stands on the card, a long one is a detail', () => {
  const answer = (n: number) => ({
    headline: 'Done.',
    sections: [{ lines: Array.from({ length: n }, () => 'a line') }],
  })
  assert.equal(toPages(answer(2), { hasDetails: true }).length, 1)
  assert.equal(toPages(answer(9), { hasDetails: true }).length, 2)
  assert.equal(toPages(answer(9)).length, 1)
})
