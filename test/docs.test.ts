// What the documents refer to is there: pages, tests and benchmarks.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: root })

/** Where the links of a page lead in this repository. */
const linksOf = (page: string): string[] =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, to]) => to ?? '')

test('every link of a document leads to a file that is there', () => {
  assert.ok(pages.length > 20)
  const broken = pages.flatMap((page) =>
    linksOf(page)
      .filter((to) => !existsSync(join(root, dirname(page), decodeURI(to))))
      .map((to) => `${page}: ${to}`),
  )
  assert.deepEqual(broken, [])
})

test('every promise of the privacy page names the test that holds it', () => {
  const [, table = ''] = readFileSync(join(root, 'PRIVACY.md'), 'utf8').split('| Promise | Test |')
  const rows = table.split('\n').filter((line) => /^\| (?!---)/.test(line))
  assert.ok(rows.length > 10)
  for (const row of rows) assert.match(row, /\]\(test\/[\w/-]+\.test\.ts\)/)
})
