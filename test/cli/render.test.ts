// What people read in a terminal, and that it fits.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render as renderAbout } from '../../src/cli/render/render.ts'
import { displayWidth, fitColumns, wrap } from '../../src/cli/render/width.ts'
import type { Results } from '../../src/commands/results.ts'

const MAIN = { server: '', dataset: 'main' }
const render = (result: Parameters<typeof renderAbout>[0]): string => renderAbout(result, MAIN)

const stats: Results['stats'] = {
  labels: Array.from({ length: 30 }, (_, i) => ({ label: `bigEars-${i}`, examples: 20 })),
  version: 2,
  head: 'linear',
  accuracy: 0.963,
  accuracyInterval: [0.945, 0.975],
  balancedAccuracy: 0.96,
  live: { judged: 0, right: 0, accuracy: null, interval: null },
  grades: [
    { grade: 'sure', share: 0.8, accuracy: 0.99 },
    { grade: 'unsure', share: 0.155, accuracy: 0.9 },
    { grade: 'unknown', share: 0.045, accuracy: 0.5 },
  ],
  learning: null,
  advice: {
    neverRecognized: [],
    needMore: [{ label: 'bigEars-11', examples: 20, recall: 0.7 }],
    alike: [],
    twice: null,
  },
  survey: null,
  confusion: { labels: ['a'], counts: [[1]] },
  confusions: [{ label: 'bigEars-11', takenFor: 'bigEars-3', count: 5 }],
  calibrationError: 0.02,
  versions: [
    { version: 1, madeAt: '2026-01-01T10:00:00.000Z', accuracy: 0.9 },
    { version: 2, madeAt: '2026-01-02T10:00:00.000Z', accuracy: 0.963 },
  ],
  queue: { waiting: 0, trainings: 0 },
  speed: { pictures: 0, milliseconds: null },
  storage: { pictures: 600, databaseBytes: 20 * 2 ** 20 },
}

test('statistics are a few sentences', () => {
  assert.deepEqual(render({ key: 'stats', values: stats }).split('\n'), [
    '30 labels, 600 pictures. Right 96.3 % of the time (94.5–97.5 %).',
    'Of pictures it had not seen: sure 80 % (99 % right), not sure 15.5 % (90 % right), "I don\'t know" 4.5 %.',
    'Most often confused: bigEars-11 → bigEars-3 (5).',
    'Next: more pictures of bigEars-11.',
    'Active: version 2 of 2 (linear).',
    'Stored: 600 pictures, 20.0 MiB.',
  ])
})

test('where large labels hide small ones, each label counts first, and those that are never recognized are named', () => {
  const neverRecognized = ['cat', 'dog', 'fox', 'owl'].map((label) => ({ label, examples: 3, takenFor: 'other' }))
  const values = { ...stats, balancedAccuracy: 0.25, advice: { ...stats.advice!, neverRecognized } }
  const shown = render({ key: 'stats', values })
  assert.match(shown, /Right 25 % of the time as the mean over labels, 96\.3 % of all pictures \(94\.5–97\.5 %\)\.$/m)
  assert.match(shown, /^cat is never recognized: it is taken for other\.$/m)
  assert.match(shown, /^1 other label is never recognized either\.$/m)
})

test('of one label, how many of its pictures are recognized is said, and no accuracy', () => {
  const grades = [
    { grade: 'sure' as const, share: 0.7, accuracy: 1 },
    { grade: 'unsure' as const, share: 0.2, accuracy: 1 },
    { grade: 'unknown' as const, share: 0.1, accuracy: 1 },
  ]
  const one = { accuracy: null, accuracyInterval: null, balancedAccuracy: null, advice: null, confusions: [], grades }
  const values = { ...stats, ...one, labels: [{ label: 'cat', examples: 10 }] }
  assert.deepEqual(render({ key: 'stats', values }).split('\n').slice(0, 2), [
    '1 label, 10 pictures. Recognizes 90 % of new pictures of its one label.',
    'Of pictures it had not seen: sure 70 %, not sure 20 %, "I don\'t know" 10 %.',
  ])
})

test('a version that is held back is not said to be active', () => {
  const values = { teacher: 'alice', examples: 3, version: 5, active: 5 }
  assert.doesNotMatch(render({ key: 'withdrawn', values }), /still active/)
  const heldBack = render({ key: 'withdrawn', values: { ...values, active: 4 } })
  assert.match(
    heldBack,
    /^Version 5 was trained without them\.\nVersion 4 is still active and may have learned from them\.$/m,
  )
  assert.match(heldBack, /^To activate version 5: \S.* rollback 5$/m)
})

test('what is suggested works as it is typed: about the same dataset, in one word where a name has spaces', () => {
  const values = { teacher: 'alice smith', examples: 3, version: 5, active: 4 }
  const shown = renderAbout({ key: 'withdrawn', values }, { server: '123', dataset: "my cats' $1" })
  assert.match(shown, /rollback 5 --dataset 'my cats'\\'' \$1' --server 123$/m)
  assert.match(shown, /withdraw "alice smith" --restore --dataset 'my cats'\\'' \$1' --server 123$/m)
  const advised = {
    ...stats,
    advice: {
      neverRecognized: [],
      needMore: [],
      alike: [{ labels: ['a b', 'c'] as [string, string], mixed: 0.4 }],
      twice: null,
    },
  }
  assert.match(render({ key: 'stats', values: advised }), /labels merge "a b" c$/m)
  const about = { server: '', dataset: 'cats' }
  for (const result of [
    { key: 'labels', values: { labels: [] } },
    { key: 'versions', values: { versions: [] } },
    { key: 'added', values: { added: 1, duplicates: 0, rejected: [] } },
    { key: 'stats', values: { ...stats, version: null } },
    { key: 'backboneAdded', values: { backbone: 'photos' } },
  ] as const)
    assert.match(renderAbout(result, about), / --dataset cats$/m)
})

test('the terminal and the chat call a change the same', () => {
  const change = { id: 1, at: '2026-07-01T12:30:00.000Z', by: 'rita', dataset: 'main', detail: { examples: [1, 2] } }
  const changes = [{ ...change, action: 'review undone' as const }]
  assert.equal(
    render({ key: 'audit', values: { changes } }),
    '#1  2026-07-01 12:30  rita undid a review in main: examples 1 2',
  )
})

test('one is not many, and nothing is said about what is not there', () => {
  assert.equal(
    render({ key: 'labels', values: { labels: [{ label: 'a', examples: 1 }] } }),
    '1 label, 1 picture.\n  1  a',
  )
  assert.equal(
    render({ key: 'added', values: { added: 0, duplicates: 1, rejected: [] } }),
    'Added 0 pictures.\n1 picture was there already.',
  )
  assert.match(render({ key: 'labels', values: { labels: [] } }), /^No labels yet/)
})

test('of many rejected files the first are named', () => {
  const rejected = Array.from({ length: 30 }, (_, i) => ({ file: `${i}.png`, code: 'picture.damaged', message: 'Bad' }))
  const lines = render({ key: 'added', values: { added: 0, duplicates: 0, rejected } }).split('\n')
  assert.deepEqual(lines.slice(1, 3), ['Rejected 30 files:', '  0.png: Bad (picture.damaged)'])
  assert.equal(lines.at(-1), '  … and 10 more; --json lists them all')
})

test('control characters of names are shown, not obeyed', () => {
  const file = 'a\u001b[2J\nb.png'
  const values = { file, error: { code: 'picture.damaged', message: `Cannot read ${file}` } }
  assert.doesNotMatch(render({ key: 'predicted', values }), /\p{Cc}/u)
})

test('a result that only a chat can get is an error', () => {
  assert.throws(() => render({ key: 'help', values: {} }), /No terminal command results in help/)
})

test('lines are wrapped between words with a hanging indent, and nothing is lost', () => {
  const text = 'Most often confused: one → two (5).\n  a  b'
  assert.equal(wrap(text, 20), 'Most often confused:\n  one → two (5).\n  a  b')
  assert.equal(wrap(text, undefined), text)
  for (const columns of [12, 20, 33, 80]) {
    const wrapped = wrap(render({ key: 'stats', values: stats }), columns)
    assert.ok(wrapped.split('\n').every((line) => displayWidth(line) <= columns || !line.trim().includes(' ')))
    assert.equal(wrapped.replace(/\s+/g, ' '), render({ key: 'stats', values: stats }).replace(/\s+/g, ' '))
  }
})

test('East Asian characters and emoji are two columns wide', () => {
  assert.deepEqual(['abc', '猫', 'ねこ', '고양이', '🐈‍⬛', 'é'].map(displayWidth), [3, 2, 4, 6, 2, 1])
})

test('what stands below a picture is as wide as the picture, and cut between characters', () => {
  for (const text of [
    'cat 1',
    '猫と犬と鳥と魚',
    '👨\u200D👩\u200D👧\u200D👦'.repeat(9),
    '𠮷'.repeat(20),
    'x\u0302'.repeat(20),
  ]) {
    const fitted = fitColumns(text, 11)
    assert.equal(displayWidth(fitted), 11, fitted)
    assert.ok(fitted.isWellFormed() && text.startsWith(fitted.trimEnd()), fitted)
  }
})
