// The examples of docs/api.md, run as they stand there.
import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { noisy } from '../../support/bad-pictures.ts'
import { writeFiles } from '../../support/web/many-files.ts'
import { sample } from '../../support/web/pictures.ts'
import { openTestSite, type TestSite } from '../../support/web/site.ts'
import { makeZip } from '../../support/zip-file.ts'

const run = promisify(execFile)
const isMissing = ['curl', 'sh', 'sha256sum'].find((name) => spawnSync(name, ['--version']).error)

/** Blocks of code, in order; those that set variables are left out. */
const [setUp = '', ...examples] = readFileSync(new URL('../../../docs/api.md', import.meta.url), 'utf8')
  .split(/\n\n/)
  .filter((block) => block.startsWith('    '))
  .map((block) => block.replaceAll(/^ {4}/gm, ''))
const declaration = setUp.split('\n').at(-1)!

describe('examples of the API', { skip: isMissing && `there is no ${isMissing} here` }, () => {
  let site: TestSite
  let folder: string
  let token: string
  const output = new Map<string, string>()

  before(async () => {
    site = await openTestSite()
    await site.run('add-samples')
    folder = mkdtempSync(join(tmpdir(), 'mekiki-api-'))
    writeFiles(folder, {
      'cat.jpg': await noisy(1).jpeg().toBuffer(),
      'new.jpg': sample('Emi-20').buffer,
      'pictures.zip': makeZip([{ name: 'dog/1.jpg', bytes: await noisy(2).jpeg().toBuffer() }]),
    })
    const made = await site.request('/api/tokens', { method: 'POST', body: JSON.stringify({ name: 'examples' }) })
    token = ((await made.json()) as { token: string }).token
  })
  after(async () => {
    await site?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('each of them works', async () => {
    assert.ok(examples.length >= 9)
    const env = { ...process.env, TOKEN: token, MEKIKI: `${site.origin}/api` }
    for (const example of examples) {
      const { stdout } = await run('sh', ['-c', `${declaration}\n${example}`], { cwd: folder, env, maxBuffer: 2 ** 26 })
      output.set(example.match(/main\/([\w.]+)/)?.[1] ?? 'me', stdout)
    }
  })

  test('and answers what the page says that it does', () => {
    const results = (name: string) => JSON.parse(output.get(name)!).results
    assert.equal(JSON.parse(output.get('me')!).servers[0].id, 'local')
    assert.deepEqual(
      results('labels')[0].values.labels.map((l: any) => l.label),
      ['Botan', 'Emi'],
    )
    assert.deepEqual([results('label')[0].values.added, results('label')[0].strip], [1, []])
    assert.equal(JSON.parse(output.get('known')!).known.length, 1)
    assert.match(output.get('train')!, /^event: progress$[\s\S]*^event: result$[\s\S]*^event: end$/m)
    assert.equal(results('predict')[0].values.label, 'Emi')
    assert.equal(results('stats')[0].values.version, 1)
    assert.ok(results('gallery')[0].values.total > 0)
    assert.equal(JSON.parse(output.get('examples')!).examples.length, 3)
    assert.equal(readFileSync(join(folder, 'small.webp')).subarray(8, 12).toString(), 'WEBP')
    assert.deepEqual([results('change')[0].values.done, results('change')[0].choices[0].command], [2, 'undo-change'])
    assert.match(output.get('import')!, /"added":1/)
    assert.equal(readFileSync(join(folder, 'main.zip')).subarray(0, 2).toString(), 'PK')
  })
})
