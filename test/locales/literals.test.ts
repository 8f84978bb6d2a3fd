// What people read stands in src/locales: front ends and commands hold no sentences of their own.
import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadWords } from '../../src/cli/words.ts'
import { languages } from '../../src/discord/words.ts'
import { checkText } from '../../src/locales/ja/checks.ts'
import { findLiterals, isSentence, JAPANESE } from './find-literals.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync(['src/{discord,cli}/**/*.ts', 'commands/**/*.ts'], { cwd: root })

const DOCTOR = 'commands/operator/doctor.ts'
const literals = files.flatMap(findLiterals)

test('front ends and commands say nothing that is not in the catalogue', () => {
  assert.ok(literals.length > 1000)
  const sentences = literals
    // What checks find and advise is in what `--json` prints; metrics are for machines; a mistake is said by its code.
    .filter(({ file, text }) => file !== DOCTOR && !/metrics\.ts$/.test(file) && !text.startsWith('Expected '))
    .filter(({ text }) => isSentence(text) || JAPANESE.test(text))
  assert.deepEqual(sentences, [])
})

test('no text of the catalogue stands in the code', async () => {
  const terminal = await loadWords('en', { server: '', dataset: 'main' })
  const texts = (value: unknown): string[] => {
    if (typeof value === 'string') return [value]
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : []
  }
  const catalogue = new Set(
    [languages.en, languages.ja, terminal].flatMap(texts).filter((text) => text.includes(' ') || JAPANESE.test(text)),
  )
  assert.ok(catalogue.size > 200)
  const copies = literals.filter(({ text }) => catalogue.has(text))
  assert.deepEqual(copies, [])
})

test('what the doctor finds and advises is said in Japanese, too', () => {
  const files = [
    'src/services/doctor.ts',
    'src/services/bucket-check.ts',
    'src/services/discord-check.ts',
    'src/services/operator-checks.ts',
    DOCTOR,
  ]
  const advice = files
    .flatMap(findLiterals)
    .map(({ text }) => text.replaceAll('…', '5'))
    .filter((text) => isSentence(text) && !/^(Expected|onnxruntime|Linux and| \()|features|about 5 ms/.test(text))
  assert.ok(advice.length > 20)
  assert.deepEqual(
    advice.filter((text) => !JAPANESE.test(checkText(text))),
    [],
  )
})
