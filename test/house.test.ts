// The house holds: every file has a floor, imports go down and never round, and each kind of work stays in its place.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Floors from the roof down. */
const FLOORS: Record<string, RegExp> = {
  entrance: /^bin\//,
  commands: /^commands\//,
  'front ends': /^src\/(cli|discord|web)\//,
  locales: /^src\/locales\//,
  contract: /^src\/commands\//,
  wiring: /^src\/app\.ts$/,
  services: /^src\/services\//,
  context: /^src\/context\.ts$/,
  workers: /^src\/workers\//,
  tools: /^src\/(images\/|charts\/|(files|download|folder-names|config|logger)\.ts$)/,
  database: /^src\/db\//,
  ground: /^models\/|^src\/(errors|label|progress)\.ts$/,
}
const names = Object.keys(FLOORS)
const floorOf = (file: string): number => names.findIndex((name) => FLOORS[name]!.test(file))

const files = globSync(['bin/*.ts', 'src/**/*.ts', 'commands/**/*.ts', 'models/**/*.ts'], { cwd: root }).filter(
  (file) => !file.includes('assembly'),
)
const textOf = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
/** Type imports included. */
const importsOf = new Map(
  [...textOf].map(([file, text]) => {
    const found = [...text.matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)|workerUrl\('(\.[^']+)'/g)]
    return [file, found.map((m) => normalize(join(dirname(file), m[1] ?? m[2] ?? `${m[3]}.ts`)))]
  }),
)

test('every file has a floor, and imports go down', () => {
  assert.ok(files.length > 150)
  for (const [file, targets] of importsOf) {
    assert.ok(floorOf(file) >= 0, `${file} stands on no floor`)
    for (const target of targets)
      assert.ok(floorOf(target) >= floorOf(file), `${file} imports ${target} from a floor above`)
  }
})

test('models import only models', () => {
  for (const [file, targets] of importsOf)
    if (file.startsWith('models/'))
      for (const target of targets) assert.match(target, /^models\//, `${file} imports ${target}`)
})

test('only src/db writes SQL and only src/config.ts reads the environment', () => {
  for (const [file, text] of textOf) {
    if (!file.startsWith('src/db/')) assert.doesNotMatch(text, /from '(kysely|better-sqlite3)'/, file)
    if (file !== 'src/config.ts') assert.doesNotMatch(text, /process\.env(?!\.\w+ = )/, file)
  }
})
