import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Floors from the roof down; the first that matches is a file's own. */
const FLOORS = [
  /^src\/(main|runtime)\.ts$/,
  /^src\/doors\//,
  /^commands\//,
  /^src\/app\.ts$/,
  /^src\/(discord-check)\.ts$/,
  /^src\/(exporter|explainer|doctor|retrainer|reporter|reviewer)\.ts$|^src\/backbones\/compare\.ts$/,
  /^src\/(collector|trainer|predictor|judge|keeper|turned|suspicion)\.ts$/,
  /^src\/(backbones\/|services\.ts)/,
  /^src\/workers\//,
  /^src\/(images\/|charts\/|files\.ts|download\.ts|folder-names\.ts|config\.ts|log\.ts)/,
  /^(models|src\/store)\/|^src\/(errors|label)\.ts$/,
]
const floor = (file: string): number => FLOORS.findIndex((f) => f.test(file))

const files = globSync(['src/**/*.ts', 'commands/*.ts', 'models/**/*.ts'], { cwd: root }).filter(
  (f) => !f.includes('assembly'),
)
const imports = new Map(
  files.map((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    const found = [...text.matchAll(/from '(\.[^']+)'|import\('(\.[^']+)'\)|new URL\('(\.[^']+\.ts)'/g)].map(
      (m) => m[1] ?? m[2] ?? m[3]!,
    )
    return [file, found.map((path) => normalize(join(dirname(file), path)))]
  }),
)

test('every file has a floor, and imports go down', () => {
  assert.ok(files.length > 30)
  for (const [file, targets] of imports) {
    assert.ok(floor(file) >= 0, `${file} stands on no floor`)
    for (const target of targets) assert.ok(floor(target) >= floor(file), `${file} imports ${target} from above`)
  }
})

test('models know nothing else', () => {
  for (const [file, targets] of imports)
    if (file.startsWith('models/')) for (const t of targets) assert.match(t, /^models\//, `${file} imports ${t}`)
})

test('only src/store writes SQL and only src/config.ts reads the environment', () => {
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    if (!file.startsWith('src/store/')) assert.doesNotMatch(text, /from '(kysely|better-sqlite3)'/, file)
    if (file !== 'src/config.ts') assert.doesNotMatch(text, /process\.env(?!\.\w+ = )/, file)
  }
})
