// Both languages say everything: no key, command, option or error is missing, and none is left over.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { registry } from '../../commands/registry.ts'
import type { Results } from '../../src/commands/results.ts'
import { discordMarkup } from '../../src/discord/markup.ts'
import { languages, wordsFor } from '../../src/discord/words.ts'
import { answerText } from '../../src/locales/answer.ts'
import { wordsOfCommand } from '../../src/locales/command-words.ts'

const { en, ja } = languages
const root = fileURLToPath(new URL('../..', import.meta.url))
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u

test('the catalogues have the same keys, all the way down', () => {
  const keys = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}/${key}`))
      : [path]
  assert.deepEqual(keys({ ...ja, commands: {} }).sort(), keys({ ...en, commands: {} }).sort())
})

test('every command and option of the chat has its words, and Japanese ones are Japanese', async () => {
  const commands = await registry.listFor('discord')
  for (const command of commands) {
    const { name, options } = command
    const offered = Object.keys(options).filter((option) => options[option]!.frontEnds?.includes('discord') ?? true)
    assert.deepEqual(Object.keys(ja.commands[name]!.options).sort(), offered.sort(), name)
    for (const text of [
      ja.commands[name]!.name,
      ja.commands[name]!.summary,
      ...Object.values(ja.commands[name]!.options),
    ])
      assert.match(text, JAPANESE)
    assert.ok(wordsOfCommand(en, command).summary.length <= 100, name)
  }
  assert.deepEqual(Object.keys(ja.commands).sort(), commands.map((c) => c.name).sort())
})

/** Mistakes that only somebody at the machine can make, or mend. */
const TERMINAL =
  /^(file|import|backup|forget|person|serve|home|config|export|doctor|discord|backbone\.(not-found|no-description|argument-missing|over-budget|hash-missing|not-installed)|database\.newer)/

test('every mistake that a chat can meet has its words', () => {
  const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: root })
  const found = new Set<string>()
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, code] of text.matchAll(/UserError\(\s*'([a-z.-]+)'/g)) found.add(code!)
  }
  assert.ok(found.size > 40)
  for (const code of found) if (!TERMINAL.test(code)) assert.ok(en.errors[code], code)
})

test('what strangers wrote does nothing', () => {
  for (const text of [
    '@everyone',
    '<@123>',
    '# big',
    '[a](http://b)',
    '**a**',
    '`a`',
    '- a',
    '1. a',
    'a\nb',
    '||a||',
    '> a',
    '<#1>',
  ])
    assert.doesNotMatch(
      discordMarkup.text(text),
      /(^|[^\\])(\*\*|`|\|\||\[a\]\()|@everyone|<@1|<#1|^# |^- |^> |\n/,
      text,
    )
  assert.equal([...discordMarkup.text('猫'.repeat(500))].length, 100)
})

test('a locale finds its language, whatever its region', () => {
  assert.equal(wordsFor('ja'), ja)
  assert.equal(wordsFor('en-GB'), en)
  assert.equal(wordsFor('de'), en)
  assert.equal(wordsFor(null), en)
})

test('a version to roll back to that is not there is named; where none was asked for, there is none', () => {
  for (const { errors } of [en, ja]) {
    const say = errors['version.not-found']
    assert.ok(typeof say === 'function')
    assert.match(say({ version: 7 }), /7/)
    assert.doesNotMatch(say({}), /undefined|\d/)
  }
})

test('the audit log reads in words of today, whatever was stored, and what is unknown stands as it is', () => {
  type Change = Parameters<typeof en.results.audit>[0]['changes'][number]
  const change = { id: 1, at: '2026-07-01T12:30:00.000Z', by: '140000000000000001', dataset: 'main', detail: {} }
  const shown = (words: typeof en, action: string): string =>
    answerText(words.results.audit({ changes: [{ ...change, action: action as Change['action'] }] }))
  for (const [stored, today] of [
    ['filed', 'added'],
    ['unfiled', 'removed'],
    ['promoted', 'activated'],
    ['moved', 'moved'],
    ['review undone', 'undid a review'],
    ['something else', 'something else'],
  ] as const)
    assert.match(shown(en, stored), new RegExp(`<@140000000000000001> ${today} *$`), stored)
  for (const stored of ['filed', 'unfiled', 'promoted']) assert.match(shown(ja, stored), JAPANESE)
  assert.match(shown(ja, 'something else'), /something else/)
})

test('where large labels hide small ones, both languages say the mean over labels first, and who is never recognized', () => {
  const trained: Results['trained'] = {
    version: 1,
    head: 'linear',
    labels: 2,
    examples: 543,
    seconds: 1,
    promoted: true,
    reason: 'first',
    backbones: [],
    unhelpful: [],
    because: 'simplest',
    skipped: [],
    turned: [],
    improved: [],
    worsened: [],
    advice: {
      neverRecognized: [{ label: 'cat', examples: 3, takenFor: 'other' }],
      needMore: [],
      alike: [],
      twice: null,
    },
    suggestedBackbone: null,
    accuracy: 0.98,
    accuracyInterval: [0.97, 0.99],
    balancedAccuracy: 0.5,
    calibrationError: null,
    recognition: null,
    grades: null,
    effort: 'fast',
    flagged: 0,
    leftOut: 0,
    copies: 0,
    conflicts: 0,
  }
  for (const words of [en, ja]) {
    const said = answerText(words.results.trained(trained))
    assert.match(said, /50 %.*98 %/s)
    assert.match(said, /^.*\*\*cat\*\*.*\*\*other\*\*.*$/m)
  }
})
