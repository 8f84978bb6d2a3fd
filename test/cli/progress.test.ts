// Progress lines: what they say, and that they fit.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatProgress as format } from '../../src/cli/progress-line.ts'
import { displayWidth } from '../../src/cli/render/width.ts'
import { loadWords } from '../../src/cli/words.ts'

const COLUMNS = 100
const ANYWHERE = { server: '', dataset: 'main' }
const { en, ja } = { en: await loadWords('en', ANYWHERE), ja: await loadWords('ja', ANYWHERE) }
const formatProgress = (line: Parameters<typeof format>[0], columns: number, words = en): string =>
  format(line, { columns, words: words.terminal.progress })

test('a line says how far it is, how fast it goes and how long it takes', () => {
  const line = { name: 'import', of: 'pictures', done: 30, total: 120, seconds: 6 } as const
  assert.equal(
    formatProgress(line, COLUMNS),
    'import ██████░░░░░░░░░░░░░░░░░░ 30 of 120 pictures · 5 a second · 18 s left',
  )
  assert.equal(
    formatProgress({ ...line, of: 'percent', done: 50, total: 100 }, COLUMNS),
    'import ████████████░░░░░░░░░░░░ 50 % · 6 s left',
  )
  assert.match(formatProgress({ ...line, of: 'mebibytes' }, COLUMNS), /31\.5 MB of 125\.8 MB · 5 a second/)
})

test('at the beginning and at the end there is no time left to tell', () => {
  const line = { name: 'train', of: 'pictures', total: 100 } as const
  assert.match(formatProgress({ ...line, done: 0, seconds: 0 }, COLUMNS), / 0 of 100 pictures$/)
  assert.match(formatProgress({ ...line, done: 0, seconds: 60 }, COLUMNS), / 0 of 100 pictures$/)
  assert.match(formatProgress({ ...line, done: 100, seconds: 10 }, COLUMNS), / 100 of 100 pictures · 10 a second$/)
})

test('whatever the numbers and the width, it fits and holds no other number than real ones', () => {
  for (const columns of [10, 20, 40, 60, 79, 80, 200])
    for (const unit of ['pictures', 'percent', 'mebibytes'] as const)
      for (const total of [0, 1, 99, 1_000_000])
        for (const done of [0, 1, total, 2 * total])
          for (const seconds of [0, 0.001, 1, 1e6]) {
            for (const words of [en, ja]) {
              const line = formatProgress({ name: 'backbone', of: unit, done, total, seconds }, columns, words)
              assert.ok(displayWidth(line) <= columns, line)
              assert.doesNotMatch(line, /Infinity|NaN|LL|undefined|-\d/)
            }
          }
})

test('in Japanese, too', () => {
  const line = { name: 'import', of: 'pictures', done: 30, total: 120, seconds: 6 } as const
  assert.match(formatProgress(line, COLUMNS, ja), / 120枚中30枚 · 毎秒5 · 残り18秒$/)
})

test('durations', () => {
  const left = (seconds: number): string => en.terminal.progress.left(seconds).replace(/ left$/, '')
  assert.deepEqual([0.2, 59, 60, 200, 3600, 7500].map(left), [
    '1 s',
    '59 s',
    '1 min 0 s',
    '3 min 20 s',
    '1 h 0 min',
    '2 h 5 min',
  ])
})
