// Each benchmark replaces its own section of RESULTS.md and no other.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { PARTS } from '../../bench/parts.ts'
import { headingsOf, minutesOf, replaceSection, withCircumstances } from '../../bench/results-file.ts'
import { runParts } from '../../bench/run-parts.ts'

const RESULTS = readFileSync(new URL('../../bench/RESULTS.md', import.meta.url), 'utf8')
const ORDER = ['One', 'Two', 'Three']
const [ONE, THREE] = ['## One\n\nfirst\n\n', '## Three\n\n  third\n']

test('every section of RESULTS.md has one part that owns it, and they stand in the order of the parts', () => {
  const owned = PARTS.map(({ heading }) => heading)
  assert.equal(new Set(owned).size, PARTS.length)
  assert.equal(new Set(PARTS.map(({ name }) => name)).size, PARTS.length)
  const there = headingsOf(RESULTS)
  assert.deepEqual(
    there,
    owned.filter((heading) => there.includes(heading)),
  )
})

test('a section replaces its own, and the others stay byte for byte', () => {
  const results = `# Title\n\nBefore. \n\n${ONE}## Two\n\nold\n\n### Below\n\nold, too\n\n${THREE}`
  assert.equal(
    replaceSection(results, '## Two\n\nnew\n', ORDER),
    `# Title\n\nBefore. \n\n${ONE}## Two\n\nnew\n\n${THREE}`,
  )
  assert.equal(replaceSection(results, '## Three\n\nnew\n\n', ORDER), results.replace('  third', 'new'))
})

test('a section that was not there is put in its place, and what nobody owns stays where it is', () => {
  const mine = '## By hand\n\nmine\n\n'
  assert.equal(
    replaceSection(`# T\n\n${ONE}${mine}${THREE}`, '## Two\n\nnew', ORDER),
    `# T\n\n${ONE}## Two\n\nnew\n\n${mine}${THREE}`,
  )
  assert.equal(replaceSection(`# T\n\n${THREE}`, ONE, ORDER), `# T\n\n${ONE}${THREE}`)
  assert.equal(replaceSection(`# T\n\n${ONE.trimEnd()}\n`, THREE, ORDER), `# T\n\n${ONE}${THREE}`)
  assert.throws(() => replaceSection(`# T\n\n${ONE}`, '## Four\n\nnew\n', ORDER), /Four/)
})

test('replacing a section of the real file by itself changes nothing', () => {
  const order = PARTS.map(({ heading }) => heading)
  for (const section of RESULTS.split(/^(?=## )/m).slice(1))
    assert.equal(replaceSection(RESULTS, section, order), RESULTS)
})

const circumstances = {
  date: new Date('2026-01-02T03:04:05Z'),
  commit: 'abc1234',
  load: 0.26,
  cores: 2,
  node: '24.0.0',
  seconds: 90,
}

test('below the heading stands when, of what and how long it was measured', () => {
  const section = withCircumstances('## One\n\nfirst\n', circumstances)
  assert.equal(
    section,
    '## One\n\nMeasured on 2026-01-02 in 1.5 minutes; commit abc1234; load average before the start 0.3 on 2 cores; Node 24.0.0.\n\nfirst\n',
  )
  assert.equal(minutesOf(`# T\n\n${section}`, 'One'), 1.5)
  assert.equal(minutesOf(`# T\n\n${ONE}${section}`, 'Two'), undefined)
})

function makeFile(t: TestContext): string {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-results-'))
  t.after(() => rmSync(root, { recursive: true }))
  const file = join(root, 'RESULTS.md')
  writeFileSync(file, RESULTS)
  return file
}

const partOf = (name: string) => {
  const part = PARTS.find((one) => one.name === name)
  assert.ok(part)
  return part
}

test('a part that fails, or gives another section, is named; the others are measured and written at once', async (t) => {
  const file = makeFile(t)
  const seen: string[] = []
  const said: string[] = []
  const failed = await runParts(['speed', 'start', 'growth', 'svm'].map(partOf), {
    file,
    say: (line) => said.push(line),
    async measure({ name, heading }) {
      seen.push(readFileSync(file, 'utf8'))
      if (name === 'start') throw new Error('no disk')
      return name === 'growth' ? '## Copies\n\nnone\n' : `## ${heading}\n\nnew figures of ${name}\n`
    },
  })
  assert.deepEqual(failed, ['start', 'growth'])
  assert.ok(said.some((line) => /start: failed.*no disk/.test(line)))
  assert.equal(seen[0], RESULTS)
  assert.match(seen[1] ?? '', /new figures of speed/)
  const after = readFileSync(file, 'utf8')
  const changed = after.split(/^(?=## )/m).filter((section) => !RESULTS.includes(section.trimEnd()))
  assert.deepEqual(
    changed.map((section) => /new figures of (\w+)/.exec(section)?.[1]),
    ['speed', 'svm'],
  )
  for (const section of changed)
    assert.match(section, /^## .+\n\nMeasured on .+ load average before the start .+\n\nnew/)
})

test('a part that lacks what it needs says so, is not run and leaves its section', async (t) => {
  const file = makeFile(t)
  const url = process.env.MEKIKI_TEST_POSTGRES
  delete process.env.MEKIKI_TEST_POSTGRES
  t.after(() => {
    if (url !== undefined) process.env.MEKIKI_TEST_POSTGRES = url
  })
  const said: string[] = []
  const measure = () => Promise.reject(new Error('run all the same'))
  assert.deepEqual(await runParts([partOf('million')], { file, measure, say: (line) => said.push(line) }), [])
  assert.match(said.join(), /million: skipped.*MEKIKI_TEST_POSTGRES/)
  assert.equal(readFileSync(file, 'utf8'), RESULTS)
})
