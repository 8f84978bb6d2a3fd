// The house holds: every file has a floor, imports go down and never round, and each kind of work stays in its place.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { registry } from '../commands/registry.ts'
import { FRONT_ENDS } from '../src/commands/front-ends.ts'
import { findCycles } from './support/cycles.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** From the top down: a file imports those of its own floor and of floors below. */
const FLOORS: [name: string, files: RegExp][] = [
  ['entrance', /^bin\//],
  ['roles', /^src\/roles\//],
  ['commands', /^commands\//],
  ['front ends', /^src\/(cli|discord|web)\//],
  ['locales', /^src\/locales\//],
  ['contract', /^src\/commands\//],
  ['wiring', /^src\/app\.ts$/],
  ['services', /^src\/services\//],
  ['context', /^src\/context\.ts$/],
  ['workers', /^src\/workers\//],
  [
    'tools',
    /^src\/(images\/|charts\/|files\/|(download|http-proxy|config|data-folder|logger|log-lines|logged-error)\.ts$)/,
  ],
  ['database', /^src\/db\//],
  ['ground', /^models\/|^src\/(counters|errors|label|no-telemetry|progress|worker-url|parent-port|version)\.ts$/],
]
/** Lines, of a file that can be held in mind; lists of words may be longer. */
const MAX_LINES = 300
const WORD_LISTS = /^src\/locales\//

const isSource = (file: string): boolean => !file.includes('assembly/')
const house = globSync(['bin/*.ts', 'src/**/*.ts', 'commands/**/*.ts', 'models/**/*.ts'], { cwd: root }).filter(
  isSource,
)
const textOf = new Map(house.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const importsOf = new Map([...textOf].map(([file, text]) => [file, findImports(file, text)]))

/** Files of the house that a file imports, type imports included, and the workers that it starts. */
function findImports(file: string, text: string): string[] {
  const imported = ts.preProcessFile(text).importedFiles.map((found) => found.fileName)
  const started = [...text.matchAll(/workerUrl\('([^']+)'/g)].map((match) => `${match[1]}.ts`)
  const own = [...imported, ...started].filter((path) => path.startsWith('.') && path.endsWith('.ts'))
  return own.map((path) => normalize(join(dirname(file), path)))
}

const floorOf = (file: string): number => FLOORS.findIndex(([, files]) => files.test(file))
const room = (folder: string): [string, string][] => [...textOf].filter(([file]) => file.startsWith(folder))
const outside = (folder: string): [string, string][] => [...textOf].filter(([file]) => !file.startsWith(folder))

test('every file has a floor, and imports go down', () => {
  assert.ok(house.length > 150)
  for (const [file, imports] of importsOf) {
    assert.ok(floorOf(file) >= 0, `${file} stands on no floor`)
    for (const target of imports) {
      assert.ok(textOf.has(target), `${file} imports ${target}, which is not there`)
      assert.ok(floorOf(target) >= floorOf(file), `${file} imports ${target} from a floor above`)
    }
  }
})

test('imports never go round, type imports included', () => {
  const cycles = findCycles(importsOf).map((files) => files.join(' -> '))
  assert.deepEqual(cycles, [])
})

test('models import only models', () => {
  for (const [file] of room('models/'))
    for (const target of importsOf.get(file) ?? []) assert.match(target, /^models\//, `${file} imports ${target}`)
})

test('models have no clock and no environment: the same examples give the same classifier', () => {
  const clock = /\bDate\.now\b|\bnew Date\b|\bperformance\b|\bset(Timeout|Interval)\b|\bhrtime\b|process\.(env|cwd)\b/
  for (const [file, text] of room('models/'))
    assert.ok(!clock.test(text), `${file} uses a clock or the environment: ${clock.exec(text)?.[0]}`)
})

test('only src/db talks to the database', () => {
  const libraries = /['"](kysely|better-sqlite3|pg)['"]/
  for (const [file, text] of outside('src/db/'))
    assert.ok(!libraries.test(text), `${file} imports ${libraries.exec(text)?.[0]}`)
})

test('only one file loads Kysely: its build that starts fast', () => {
  for (const [file, text] of outside('src/db/kysely.ts'))
    assert.doesNotMatch(text, /^(import (?!type)[^\n]*|\} )from 'kysely'/m, `${file} loads another build of Kysely`)
})

test('only src/config.ts reads the environment', () => {
  // Setting a variable for a library is not reading one.
  const reading = /process\.env(?!\.\w+ = )/
  for (const [file, text] of outside('src/config.ts')) assert.ok(!reading.test(text), `${file} reads the environment`)
})

test('every file of a topic is a command of the registry', async () => {
  const files = room('commands/')
    .map(([file]) => file)
    .filter((file) => /^commands\/(?!shared\/)\w+\/[^_]/.test(file))
  assert.ok(files.length > 25)
  for (const file of files) {
    const { default: command } = await import(`../${file}`)
    const found = await Promise.all(FRONT_ENDS.map((frontEnd) => registry.find(command?.name ?? '', frontEnd)))
    const isKnown = command && found.includes(command)
    assert.ok(isKnown, `${file} has no default export that is in commands/registry.ts`)
  }
})

test(`no file is longer than ${MAX_LINES} lines, but lists of words`, () => {
  const all = globSync('{bin,src,commands,models,test,bench,demo,scripts}/**/*.ts', { cwd: root })
  const tooLong = all
    .filter((file) => isSource(file) && !WORD_LISTS.test(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
  assert.deepEqual(tooLong, [])
})

test('files that the documentation names are there', () => {
  const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: root })
  const missing = pages.flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const named = [...text.matchAll(/`((?:bin|src|commands|models|test|bench|demo|scripts)\/[\w./-]+\.\w+)`/g)]
    return named.flatMap(([, file = '']) => (existsSync(join(root, file)) ? [] : [`${page}: ${file}`]))
  })
  assert.deepEqual(missing, [])
})
