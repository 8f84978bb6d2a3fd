// Rules that every query keeps, read from the sources of src/db.
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../src/db/', import.meta.url))
const files = globSync('**/*.ts', { cwd: root }).filter((file) => !file.startsWith('migration-'))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Says of a chain of calls that it gives one row at most: a limit (`labelNamed` sets one), an aggregate, or how much was changed. */
const ONE_ROW =
  /\.limit\(1\)|\blabelNamed\(|\bselectNoFrom\b|\bfn\s*\.?\s*(countAll|count|max|min|sum)\b|coalesce\(sum|count\(\*\)|\b(insertInto|updateTable|deleteFrom)\(/
const findsOne = (chain: string): boolean => ONE_ROW.test(chain)

/** The chains of a file that end in `executeTakeFirst`, with the query that they begin with. */
function oneRowChains(text: string): string[] {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  const declared = new Map<string, string>()
  const chains: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer)
      declared.set(node.name.getText(), node.initializer.getText())
    if (ts.isPropertyAccessExpression(node) && /^executeTakeFirst/.test(node.name.text))
      chains.push(withBeginning(node, declared))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return chains
}

/** The text of a chain; where it begins with a variable, after what that is. */
function withBeginning(node: ts.Expression, declared: Map<string, string>): string {
  let first = node
  while (ts.isPropertyAccessExpression(first) || ts.isCallExpression(first)) first = first.expression
  return `${declared.get(first.getText()) ?? ''} ${node.getText()}`
}

test('where one row is meant, one is read', () => {
  let found = 0
  for (const file of files)
    for (const chain of oneRowChains(read(file))) {
      found++
      assert.ok(findsOne(chain), `${file} may read more rows than one: ${chain}`)
    }
  assert.ok(found > 30)
})

test('a query of many rows for one is seen', () => {
  const [chain = ''] = oneRowChains("const q = db.selectFrom('audit').where('by', '=', by); q.executeTakeFirst()")
  assert.equal(findsOne(chain), false)
  assert.equal(findsOne(oneRowChains("db.selectFrom('audit').limit(1).executeTakeFirst()")[0] ?? ''), true)
})

test('what is not there is asked for with `not exists`: `not in (select …)` makes a list of everything first', () => {
  for (const file of files) assert.doesNotMatch(read(file), /\bnot in\s*\(\s*select\b|'not in', (?!\[)/i, file)
})
