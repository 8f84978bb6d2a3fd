// What people read in a terminal, and that it fits.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render as renderIn } from '../../src/cli/render/render.ts'
import { displayWidth, fitColumns, wrap } from '../../src/cli/render/width.ts'
import { loadWords } from '../../src/cli/words.ts'
import type { Result } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'

type Shown = Pick<Result, 'key' | 'values'>
const english = await loadWords('en', { server: '', dataset: 'main' })
const japanese = await loadWords('ja', { server: '', dataset: 'main' })
const render = (result: Shown): string => renderIn(result, english)
const renderAbout = async (result: Shown, where: { server: string; dataset: string }): Promise<string> =>
  renderIn(result, await loadWords('en', where))
const linesOf = (result: Shown): string[] => render(result).split('\n')

const stats: Results['stats'] = {
  labels: Array.from({ length: 30 }, (_, i) => ({ label: `bigEars-${i}`, examples: 20 })),
  version: 2,
  head: 'linear',
  accuracy: 0.963,
  accuracyInterval: [0.945, 0.975],
  balancedAccuracy: 0.96,
  recognition: null,
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
  calibration: [],
  versions: [
    { version: 1, madeAt: '2026-01-01T10:00:00.000Z', accuracy: 0.9 },
    { version: 2, madeAt: '2026-01-02T10:00:00.000Z', accuracy: 0.963 },
  ],
  queue: { waiting: 0, trainings: 0 },
  speed: { pictures: 0, milliseconds: null },
  storage: { pictures: 600, databaseBytes: 20 * 2 ** 20 },
}

test('statistics begin with what matters most; names of classifiers and the like come last', () => {
  const shown = linesOf({ key: 'stats', values: stats })
  assert.deepEqual(shown.slice(0, 5), [
    'I’m right 96.3 % of the time.',
    '30 labels, 600 pictures.',
    '',
    'What would help',
    '  More pictures of bigEars-11 (70 % of 20 right) would help.',
  ])
  const rest = shown.slice(shown.indexOf('Most often confused')).map((line) => line.replace(/(?<=\S) {2,}/g, '  '))
  assert.deepEqual(rest, [
    'Most often confused',
    '  bigEars-11 → bigEars-3  5×',
    '',
    'Labels',
    ...stats.labels.map(({ label }) => `  ${label}  20 pictures`),
    '',
    'My answers about pictures I had not seen',
    '  sure  80 %  99 % right',
    '  not sure  15.5 %  90 % right',
    '  not recognized  4.5 %',
    '',
    'Details',
    '  Active version  2 (2 versions kept)',
    '  Classifier  linear',
    '  95 % interval of the accuracy  94.5–97.5 %',
    '  Confidence is off by  2 % on average',
    '  Stored  600 pictures, 21 MB',
  ])
})

test('the same in Japanese, in columns as wide as they are shown', () => {
  const shown = renderIn({ key: 'stats', values: stats }, japanese).split('\n')
  assert.equal(shown[0], '精度は 96.3％ です。')
  const details = shown.slice(shown.indexOf('詳細') + 1)
  assert.ok(details.length > 3)
  const starts = details.map((line) => displayWidth(/^ +\S+ +/.exec(line)?.[0] ?? ''))
  assert.equal(new Set(starts).size, 1, details.join('\n'))
})

test('where large labels hide small ones, each label counts first, and those that are never recognized are named', () => {
  const neverRecognized = ['cat', 'dog', 'fox', 'owl'].map((label) => ({ label, examples: 3, takenFor: 'other' }))
  const values = { ...stats, balancedAccuracy: 0.25, advice: { ...stats.advice!, neverRecognized } }
  const shown = render({ key: 'stats', values })
  assert.match(shown, /^I’m right 25 % of the time if every label counts the same, 96\.3 % of all pictures\.$/m)
  assert.match(shown, /^ {2}cat is never recognized: I take it for other\.$/m)
  assert.match(shown, /^ {2}1 other label is never recognized either\.$/m)
})

test('of one label, how many of its pictures are recognized is said, and no accuracy', () => {
  const grades = [
    { grade: 'sure' as const, share: 0.7, accuracy: 1 },
    { grade: 'unsure' as const, share: 0.2, accuracy: 1 },
    { grade: 'unknown' as const, share: 0.1, accuracy: 1 },
  ]
  const one = { accuracy: null, accuracyInterval: null, balancedAccuracy: null, advice: null, confusions: [], grades }
  const values = { ...stats, ...one, labels: [{ label: 'cat', examples: 10 }] }
  const shown = linesOf({ key: 'stats', values })
  assert.deepEqual(shown.slice(0, 2), [
    'I know one label, and recognize 90 % of new pictures of it.',
    '1 label, 10 pictures.',
  ])
  assert.deepEqual(shown.slice(shown.indexOf('My answers about pictures I had not seen') + 1).slice(0, 3), [
    '  sure            70 %',
    '  not sure        20 %',
    '  not recognized  10 %',
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

test('what is suggested works as it is typed: about the same dataset, in one word where a name has spaces', async () => {
  const values = { teacher: 'alice smith', examples: 3, version: 5, active: 4 }
  const shown = await renderAbout({ key: 'withdrawn', values }, { server: '123', dataset: "my cats' $1" })
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
    assert.match(await renderAbout(result as Shown, about), / --dataset cats$/m)
})

test('the audit log is told in sentences', () => {
  const change = { id: 1, at: '2026-07-01T12:30:00.000Z', by: 'rita', dataset: 'main' }
  const changes: Results['audit']['changes'] = [
    { ...change, action: 'review undone', detail: { example: 12, decision: 'move' } },
    { ...change, action: 'settings changed', dataset: null, detail: { learnFromPosts: true, noRoles: true } },
    { ...change, action: 'feedback', detail: { version: 3, said: 'cat', right: false, truth: null } },
  ]
  const [, ...rows] = linesOf({ key: 'audit', values: { changes } })
  assert.match(rows[0] ?? '', /^#1 {2}.*2026.* {2}rita took back a decision about #12 +main$/)
  assert.match(rows[1] ?? '', / rita changed the settings: learning from posts and roles$/)
  assert.match(rows[2] ?? '', / rita said that cat was wrong +main$/)
})

test('one is not many, and nothing is said about what is not there', () => {
  assert.equal(
    render({ key: 'labels', values: { labels: [{ label: 'a', examples: 1 }] } }),
    '1 label, 1 picture.\na  1 picture',
  )
  assert.equal(
    render({ key: 'added', values: { added: 0, duplicates: 1, rejected: [] } }),
    '1 picture was already there.',
  )
  assert.match(render({ key: 'labels', values: { labels: [] } }), /^No labels yet/)
})

test('of many rejected files the first are named, with what is wrong and what was expected', () => {
  const rejected = Array.from({ length: 3 }, (_, i) => ({ file: `${i}.png`, code: 'picture.damaged', message: 'Bad' }))
  assert.deepEqual(linesOf({ key: 'added', values: { added: 0, duplicates: 0, rejected } }), [
    'Nothing was added.',
    'Skipped 3 files.',
    ...rejected.map(({ file }) => `${file}  This picture is damaged and can’t be read. (Bad)`),
  ])
  const many = Array.from({ length: 30 }, (_, i) => ({ file: `${i}.png`, code: 'picture.damaged', message: 'Bad' }))
  assert.match(render({ key: 'added', values: { added: 0, duplicates: 0, rejected: many } }), /^Skipped 30 files/m)
})

test('control characters of names are shown, not obeyed', () => {
  const file = 'a\u001b[2J\nb.png'
  const values = { file, error: { code: 'picture.damaged', message: `Cannot read ${file}` } }
  assert.doesNotMatch(render({ key: 'predicted', values }), /\p{Cc}/u)
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
  // A wide character makes it look at each: it must come to the same.
  for (let code = 0x20; code < 0x3000; code++) {
    const text = `a${String.fromCodePoint(code)}b`
    assert.equal(displayWidth(text), displayWidth(`${text}猫`) - 2, code.toString(16))
  }
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
