// Everything that a command can answer is said in both languages, in a chat and in a terminal: with all that matters, and with nothing that
// is meant for machines.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from '../../src/cli/render/render.ts'
import { loadWords } from '../../src/cli/words.ts'
import type { Result } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'
import { languages } from '../../src/discord/words.ts'
import { type Answer, answerText, lineText } from '../../src/locales/answer.ts'
import { LANGUAGES } from '../../src/locales/language.ts'
import type { Words } from '../../src/locales/words.ts'
import type { Sample } from './samples/sample.ts'
import { samples } from './samples/samples.ts'

type AnySample = Sample<keyof Results>
type Answering = (values: unknown) => Answer
const ANYWHERE = { server: '', dataset: 'main' }
const terminals = { en: await loadWords('en', ANYWHERE), ja: await loadWords('ja', ANYWHERE) }
const all: [key: keyof Results, sample: AnySample][] = Object.entries(samples).flatMap(([key, some]) =>
  some.map((sample): [keyof Results, AnySample] => [key as keyof Results, sample as AnySample]),
)
const JAPANESE = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u
/** What a person takes for a fault of the program. */
const LEAKS = /undefined|\bnull\b|\[object|\bNaN\b|Infinity|\btrue\b|\bfalse\b|^\s*$/m
/** Names of variables, settings and decisions: `learnFromPosts`, `filed_at`, `truth:`. Brand names are none. */
const KEYS =
  /\b(?!nsfwjs|iNaturalist|onnxruntime)[a-z]+[A-Z]\w*|\b[a-z]+_[a-z]+\b|\b(truth|because|head|reason|decision|promoted|excluded|restored)[: ](?!\w* ?[“"])(?=null|true|false|keep|move|exclude|restore|\{)/

const answer = (words: Words, key: keyof Results, { values }: AnySample): Answer =>
  (words.results[key] as Answering)(values)
const inTerminal = (words: Words, key: keyof Results, { values }: AnySample): string =>
  render({ key, values } as Result, words)

const includes = (text: string, what: string | RegExp): boolean =>
  typeof what === 'string' ? text.includes(what) : what.test(text)

/** What people see of a text that was made harmless for Discord. */
const asSeen = (text: string): string => text.replaceAll('\u200b', '').replace(/\\(?=[*_~`|\\#-])/g, '')

/** All that is wrong, so that one run shows it. */
function findFaults(check: (key: keyof Results, sample: AnySample, fail: (why: string) => void) => void): string[] {
  const faults: string[] = []
  for (const [key, sample] of all) check(key, sample, (why) => faults.push(`${key}: ${why}`))
  return faults
}

for (const language of LANGUAGES) {
  const [chat, terminal] = [languages[language], terminals[language]]
  const bothSay = (key: keyof Results, sample: AnySample): [string, string] => [
    asSeen(answerText(answer(chat, key, sample))),
    inTerminal(terminal, key, sample),
  ]

  test(`${language}: every result says what matters, in a chat as in a terminal`, () => {
    const faults = findFaults((key, sample, fail) => {
      const [said, printed] = bothSay(key, sample)
      for (const what of sample.says ?? [])
        for (const text of [said, printed]) if (!includes(text, what)) fail(`${what} is not in: ${text}`)
      for (const what of sample.inTerminals ?? []) if (!printed.includes(what)) fail(`${what} is not in: ${printed}`)
    })
    assert.deepEqual(faults, [])
  })

  test(`${language}: nothing leaks that is meant for machines, and no markup of the other front end`, () => {
    const faults = findFaults((key, sample, fail) => {
      const [said, printed] = bothSay(key, sample)
      const leaks = [said, printed.replaceAll('\n\n', '\n')].flatMap((text) => [
        LEAKS.exec(text)?.[0],
        KEYS.exec(text.replace(/https?:\S+/g, ''))?.[0],
      ])
      const markup = [/\*\*|`|<[@#:t/]/.exec(printed)?.[0], /\p{Cc}(?<!\n)|mekiki /u.exec(said)?.[0]]
      for (const found of [...leaks, ...markup]) if (found !== undefined) fail(`${found} is in: ${said} / ${printed}`)
    })
    assert.deepEqual(faults, [])
  })

  test(`${language}: one headline, at most three lines, and the rest in sections`, () => {
    const faults = findFaults((key, sample, fail) => {
      const { headline, lines = [], sections = [] } = answer(chat, key, sample)
      if (headline.trim() === '' || headline.includes('\n')) fail(`the headline is ${headline}`)
      const shown = lines.map(lineText).filter(Boolean)
      if (shown.length > 3) fail(`too many lines: ${shown.join(' / ')}`)
      for (const { title, lines: rows } of sections)
        if (title === '' || rows.length === 0) fail(`an empty section: ${title}`)
    })
    assert.deepEqual(faults, [])
  })
}

test('Japanese is Japanese, whatever the front end', () => {
  const faults = findFaults((key, sample, fail) => {
    const said = answer(languages.ja, key, sample)
    // These may be nothing but names and numbers.
    if (!['suspect', 'predicted'].includes(key) && !JAPANESE.test(said.headline)) fail(said.headline)
    for (const { title = '日' } of said.sections ?? []) if (!JAPANESE.test(title)) fail(title)
    const english = /\b(the|is|are|of|and|pictures?)\b/.exec(answerText(said).replace(/`[^`]*`/g, ''))
    if (english) fail(`${english[0]} is in: ${answerText(said)}`)
  })
  assert.deepEqual(faults, [])
})

test('what is said in one language has a counterpart in the other: as many lines, sections and columns', () => {
  const shape = (words: Words, key: keyof Results, sample: AnySample) => {
    const { lines = [], sections = [], next = [] } = answer(words, key, sample)
    return {
      lines: lines.map(lineText).filter(Boolean).length,
      sections: sections.map(({ title, columns = [], lines }) => [Boolean(title), columns.length, lines.length]),
      next: next.length,
    }
  }
  for (const [key, sample] of all)
    assert.deepEqual(shape(terminals.ja, key, sample), shape(terminals.en, key, sample), key)
})
