// The table of docs/configuration.md has every variable that src/config.ts reads, and no other; so has .env.example.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

/** Of the system, not for Mekiki. */
const SYSTEM = ['USER', 'PATH', 'XDG_CONFIG_HOME', 'LC_ALL', 'LC_MESSAGES', 'LANG']

const source = read('src/config.ts')
const readByUs = new Set(
  [
    ...[...source.matchAll(/process\.env\.([A-Z_]+)/g)].map(([, name]) => name ?? ''),
    ...[...source.matchAll(/^ {2}([A-Z_]+): (?:setting\(|Api,)/gm)].map(([, name]) => name ?? ''),
    'MEKIKI_HOME',
  ].filter((name) => !SYSTEM.includes(name)),
)

test('docs/configuration.md has a row for each variable', () => {
  const rows = [...read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name)
  assert.ok(readByUs.size > 15)
  assert.deepEqual([...rows].sort(), [...readByUs].sort())
})

test('.env.example has them, too', () => {
  const example = [...read('.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name)
  const expected = [...readByUs].filter((name) => !['HTTP_PROXY', 'NO_COLOR'].includes(name))
  assert.deepEqual([...example].sort(), expected.sort())
})
