// Both languages say everything: no key, command, option or error is missing, and none is left over.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { registry } from '../../commands/registry.ts'
import { CATALOGUE, EMBEDDED_FACTS, INCEPTION } from '../../models/backbones/catalogue.ts'
import { declareIn } from '../../src/cli/declared.ts'
import { loadWords } from '../../src/cli/words.ts'
import type { Command } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'
import { discordMarkup } from '../../src/discord/markup.ts'
import { languages, wordsFor } from '../../src/discord/words.ts'
import { answerText } from '../../src/locales/answer.ts'
import { wordsOfCommand } from '../../src/locales/command-words.ts'
import { settingName } from '../../src/locales/en/settings.ts'
import { GOOD_AT } from '../../src/locales/ja/backbones.ts'
import { settingName as japaneseSettingName } from '../../src/locales/ja/settings.ts'
import { trained } from './samples/model.ts'

const { en, ja } = languages
const ANYWHERE = { server: '', dataset: 'main' }
const terminal = { en: await loadWords('en', ANYWHERE), ja: await loadWords('ja', ANYWHERE) }
const root = fileURLToPath(new URL('../..', import.meta.url))
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u

test('the catalogues have the same keys, all the way down', () => {
  const keys = (value: unknown, path = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}/${key}`))
      : [path]
  // English is what commands declare and what Commander says.
  const shared = ({ commands: _, terminal: { commands: __, usageErrors: ___, ...typed }, ...others }: typeof en) => ({
    ...others,
    typed,
  })
  assert.deepEqual(keys(shared(ja)).sort(), keys(shared(en)).sort())
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

test('every command and option of a terminal is explained in Japanese', async () => {
  const isTyped = ({ frontEnds }: { frontEnds?: readonly string[] }): boolean => frontEnds?.includes('cli') ?? true
  const faults: string[] = []
  for (const command of await registry.listFor('cli')) {
    const declared = declareIn(terminal.ja, command as Command)
    const texts: [string, string | undefined][] = [
      ['summary', declared.summary],
      ...Object.entries(declared.options)
        .filter(([, option]) => isTyped(option))
        .map(([name, { describe }]): [string, string] => [name, describe]),
      ['ifInterrupted', command.ifInterrupted && declared.ifInterrupted],
    ]
    for (const [what, text] of texts) if (text && !JAPANESE.test(text)) faults.push(`${command.name} ${what}: ${text}`)
  }
  assert.deepEqual(faults, [])
})

test('what an option of the chat can be set to has words in each language', async () => {
  for (const { name, options } of await registry.listFor('discord'))
    for (const [option, { choices = [], frontEnds }] of Object.entries(options))
      for (const value of (frontEnds?.includes('discord') ?? true) ? choices : [])
        for (const { values } of [en, ja]) assert.ok(values[option]?.[value], `${name} ${option}:${value}`)
})

/** Codes of the mistakes that people can make. */
function findCodes(): Set<string> {
  const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: root })
  const codes = new Set<string>()
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, code] of text.matchAll(/UserError\(\s*'([a-z.-]+)'/g)) codes.add(code!)
  }
  return codes
}

test('every mistake has its words in both languages; what is said of it in one needs no values', () => {
  const codes = findCodes()
  assert.ok(codes.size > 80)
  const missing = [...codes].filter((code) => !en.errors[code] && !terminal.en.terminal.errors[code])
  assert.deepEqual(missing, [])
  for (const words of [en, ja, terminal.en, terminal.ja])
    for (const [code, text] of [...Object.entries(words.errors), ...Object.entries(words.terminal.errors)]) {
      const said = typeof text === 'function' ? text({}) : text
      // A value that is always given may be missing here, and nowhere else.
      assert.doesNotMatch(said.replace(/\b(undefined|NaN)\b/, ''), /undefined|null|\[object|Expected/, code)
      if (words === ja || words === terminal.ja) assert.match(said, JAPANESE, code)
    }
})

test('what can be chosen is named in words, in both languages', async () => {
  const nameless: string[] = []
  for (const { name, options } of await registry.listFor('discord'))
    for (const [option, { choices = [], frontEnds }] of Object.entries(options))
      if (frontEnds?.includes('discord') ?? true)
        for (const value of choices)
          if (!en.values[option]?.[value] || !ja.values[option]?.[value]) nameless.push(`${name} ${option}: ${value}`)
  assert.deepEqual(nameless, [])
})

test('settings are named in words', async () => {
  const command = await registry.find('settings', 'discord')
  const options = Object.keys(command?.options ?? {}).filter((option) => option !== 'clear')
  assert.ok(options.length > 10)
  for (const option of options) {
    assert.match(settingName(option) ?? '', /^[a-z ]+$/, option)
    assert.match(japaneseSettingName(option) ?? '', JAPANESE, option)
  }
})

test('networks are described in Japanese, too', () => {
  for (const { goodAt } of [...CATALOGUE, EMBEDDED_FACTS, INCEPTION.facts])
    assert.match(GOOD_AT[goodAt] ?? '', JAPANESE, goodAt)
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
    assert.match(say({ kept: 0 }), /nothing has been trained yet\.|一度も学習していません/)
    assert.doesNotMatch(say({ kept: 3 }), /trained yet|一度も/)
  }
})

test('the audit log reads in words of today, whatever was stored, and what is unknown stands as it is', () => {
  type Change = Parameters<typeof en.results.audit>[0]['changes'][number]
  const change = { id: 1, at: '2026-07-01T12:30:00.000Z', by: '140000000000000001', dataset: 'main', detail: {} }
  const shown = (words: typeof en, action: string): string =>
    answerText(words.results.audit({ changes: [{ ...change, action: action as Change['action'] }] }))
  for (const [stored, today] of [
    ['filed', 'added a picture'],
    ['unfiled', 'removed a picture'],
    ['promoted', 'activated version'],
    ['moved', 'moved a picture'],
    ['review undone', 'took back a decision'],
    ['something else', 'something else'],
  ] as const)
    assert.match(shown(en, stored), new RegExp(`<@140000000000000001> ${today} *$`), stored)
  for (const stored of ['filed', 'unfiled', 'promoted']) assert.match(shown(ja, stored), JAPANESE)
  assert.match(shown(ja, 'something else'), /something else/)
})

test('where large labels hide small ones, both languages say the mean over labels first, and who is never recognized', () => {
  const values: Results['trained'] = {
    ...trained,
    labels: 2,
    accuracy: 0.98,
    balancedAccuracy: 0.5,
    advice: {
      neverRecognized: [{ label: 'cat', examples: 3, takenFor: 'other' }],
      needMore: [],
      alike: [],
      twice: null,
    },
  }
  for (const words of [en, ja]) {
    const said = answerText(words.results.trained(values))
    assert.match(said, /50 ?[%％].*98 ?[%％]/s)
    assert.match(said, /^.*\*\*cat\*\*.*\*\*other\*\*.*$/m)
  }
})
