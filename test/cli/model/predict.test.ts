// Training and predicting with real pictures, the real backbone and a real database.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { draw, STRANGERS, TAUGHT } from '../../../demo/characters.ts'
import { MAIN, makeHome } from '../../support/mekiki.ts'

const { root, mekiki } = makeHome()
const some = TAUGHT.slice(0, 4)
const pictures = join(root, 'pictures')
const asked = join(root, 'asked')
/** What lies between known and unknown: characters that lie on their side. */
const turned = join(root, 'turned')
before(async () => {
  for (const name of some) {
    for (let k = 0; k < 10; k++) await draw(join(pictures, name), name, k)
    for (let k = 10; k < 14; k++) await draw(asked, name, k)
  }
  mkdirSync(turned)
  for (const file of readdirSync(asked))
    await sharp(join(asked, file))
      .rotate(90)
      .png()
      .toFile(join(turned, `${file}.png`))
  await draw(asked, STRANGERS[0]!, 1)
})

test('import, train, predict: most unseen pictures get their own label', async () => {
  const filed = await mekiki('a', 'import', pictures, '--json')
  const labels = some.map((label) => ({ label, added: 10 })).sort((a, b) => (a.label < b.label ? -1 : 1))
  assert.deepEqual(filed.lines, [{ added: 40, duplicates: 0, rejected: [], labels }])
  const again = await mekiki('a', 'import', pictures, '--json')
  assert.deepEqual(again.lines, [{ added: 0, duplicates: 40, rejected: [], labels: [] }])

  const trained = (await mekiki('a', 'train', '--json')).lines.at(-1)!
  assert.equal(trained.version, 1)
  assert.equal(trained.promoted, true)
  // Until 0.3 under both names.
  assert.deepEqual([trained.turned, trained.driftedLabels], [[], []])
  assert.ok((trained.accuracy as number) > 0.8)

  const { lines, status } = await mekiki('a', 'predict', asked, '--json')
  assert.equal(status, 0)
  assert.equal(lines.length, 17)
  const taught = lines.filter((l) => some.some((n) => (l.file as string).startsWith(join(asked, n))))
  const top = taught.filter((l) => (l.file as string).includes((l.top as { label: string }[])[0]!.label))
  assert.ok(top.length >= 13, `${top.length} of ${taught.length} right`)
  for (const l of lines) {
    const sum = (l.top as { confidence: number }[]).reduce((s, t) => s + t.confidence, 0)
    assert.ok(Math.abs(sum - 1) < 1e-3)
    assert.ok((l.known as number) >= 0 && (l.known as number) <= 1)
    assert.ok(['sure', 'unsure', 'unknown'].includes(l.grade as string))
    assert.equal(l.label === null, l.grade === 'unknown')
  }
})

test('the three kinds of answers read differently, and caution says how many are refused', async () => {
  const read = async (caution: string): Promise<{ lines: string[]; grades: unknown[] }> => {
    const { out } = await mekiki('a', 'predict', turned, '--caution', caution)
    const { lines } = await mekiki('a', 'predict', turned, '--caution', caution, '--json')
    return { lines: out.trim().split('\n'), grades: lines.map((l) => l.grade) }
  }
  const [low, high] = [await read('low'), await read('high')]
  for (const { lines, grades } of [low, high])
    for (const [i, grade] of grades.entries()) {
      const line = lines[i] ?? ''
      if (grade === 'unknown') assert.match(line, /: I don’t recognize this\. Closest: \w+$/)
      else if (grade === 'unsure') assert.match(line, /: Probably \w+, but I’m not sure\. \([\d.]+ %\)$/)
      else assert.match(line, /: \w+ · [\d.]+ %$/)
    }
  const unknown = ({ grades }: { grades: unknown[] }): number => grades.filter((grade) => grade === 'unknown').length
  assert.ok(unknown(high) > unknown(low), `${unknown(high)} > ${unknown(low)}`)

  assert.match((await mekiki('a', 'settings')).out, /^Caution +normal\./m)
  assert.match((await mekiki('a', 'settings', '--caution', 'high')).out, /^Caution: high\..* often /)
  const { lines } = await mekiki('a', 'predict', turned, '--json')
  assert.deepEqual(
    lines.map((l) => l.grade),
    high.grades,
  )
  const elsewhere = await mekiki('a', 'settings', '--server', '123', '--caution', 'low')
  assert.deepEqual([elsewhere.status, elsewhere.err.includes('settings.unknown-server')], [1, true])
  await mekiki('a', 'settings', '--caution', 'normal')
})

test('why: the picture that was asked about beside the most similar examples, drawn; nothing is stored of what was asked', async () => {
  const [file] = [join(asked, `${some[1]}-10.png`), join(asked, `${some[1]}-11.jpeg`)].filter((f) => existsSync(f))
  const [line] = (await mekiki('a', 'predict', file!, '--why', '--json')).lines as {
    picture: string
    top: { label: string }[]
    why: { runnerUp: object | null; nearest: { label: string; file: string; similarity: number }[] }
  }[]
  const { nearest } = line!.why
  assert.equal(nearest.length, 6)
  assert.equal(nearest[0]!.label, line!.top[0]!.label)
  assert.ok(nearest.every((n, i) => i === 0 || i === 5 || n.similarity <= nearest[i - 1]!.similarity))
  assert.ok(nearest.every((n) => existsSync(join(pictures, n.file))))
  const { format, width, height } = await sharp(line!.picture).metadata()
  assert.deepEqual([format, width! > 900, height! > 500], ['png', true, true])
  const filed = (await mekiki('a', 'predict', join(pictures, some[2]!), '--why', '--json')).lines as (typeof line)[]
  for (const own of filed) assert.ok(own!.why.nearest[0]!.similarity > 0.7, JSON.stringify(own))
  assert.equal(((await mekiki('a', 'stats', '--json')).lines[0]!.storage as { pictures: number }).pictures, 40)
})

test('rollback activates the version before', async () => {
  await mekiki('a', 'train', '--json')
  assert.deepEqual((await mekiki('a', 'rollback', '--json')).lines, [{ version: 1, from: 2 }])
  const versions = (await mekiki('a', 'versions', '--json')).lines[0]!.versions as { current: boolean }[]
  assert.deepEqual(
    versions.map((v) => v.current),
    [true, false],
  )
  const missing = await mekiki('a', 'rollback', '9')
  assert.equal(missing.status, 1)
  assert.match(missing.err, /version\.not-found/)
})

test('stats shows what the active version was measured at', async () => {
  const stats = (await mekiki('a', 'stats', '--json')).lines[0]!
  assert.equal(stats.version, 1)
  assert.ok(stats.survey)
  assert.deepEqual(stats.labelIssues, stats.survey)
  assert.equal((stats.versions as unknown[]).length, 2)
  assert.ok((stats.calibration as unknown[]).length > 0)
  const storage = stats.storage as Record<string, number>
  assert.equal(storage.pictures, 40)
  assert.ok(storage.databaseBytes! > storage.copyBytes! + storage.featureBytes!)
  assert.deepEqual(
    stats.labels,
    some.map((label) => ({ label, examples: 10 })),
  )
  const learning = stats.learning as { curve: { examples: number; accuracy: number }[] }
  assert.ok(learning.curve.length > 1)
  const { charts } = (await mekiki('a', 'stats', '--charts', '--json')).lines[0] as { charts: string[] }
  assert.deepEqual(
    charts.map((c) => basename(c)),
    ['examples.png', 'confusion.png', 'learning.png', 'accuracy.png'],
  )
  for (const chart of charts) assert.equal((await sharp(chart).metadata()).format, 'png')
  const [low, high] = stats.accuracyInterval as [number, number]
  assert.ok(low <= (stats.accuracy as number) && (stats.accuracy as number) <= high)
})

test('a reader that goes away early is no error', () => {
  const env = { ...process.env, MEKIKI_HOME: join(root, 'a') }
  const line = `"${process.execPath}" "${MAIN}" predict "${pictures}" --json | head -n 1; echo \${PIPESTATUS[0]}`
  const { stdout, stderr } = spawnSync('bash', ['-c', line], { env, encoding: 'utf8' })
  assert.match(stdout, /^\{.*\}\n0\n$/)
  assert.doesNotMatch(stderr, /EPIPE|bug|terminate/)
})

test('doctor finds nothing wrong with a home that works', async () => {
  const { ok, checks } = (await mekiki('a', 'doctor', '--json')).lines[0] as {
    ok: boolean
    checks: { check: string }[]
  }
  assert.equal(ok, true)
  for (const check of ['runtime', 'database', 'backbone', 'write access', 'memory'])
    assert.ok(
      checks.some((c) => c.check === check),
      check,
    )
})
