// A folder that cannot be written costs a picture of the answer, not the answer.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, mock, test } from 'node:test'
import { CHARTS_FOLDER, PictureFiles } from '../../src/cli/pictures.ts'
import { loadWords } from '../../src/cli/words.ts'
import { noisy } from '../support/bad-pictures.ts'

const folder = mkdtempSync(join(tmpdir(), 'mekiki-no-picture-'))
const before = process.cwd()
after(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

test('the answer stays, and stderr says once why there is no picture', async () => {
  process.chdir(folder)
  // A file where the folder would be.
  writeFileSync(CHARTS_FOLDER, '')
  const stderr = mock.method(process.stderr, 'write', () => true)
  const files = new PictureFiles({ withCharts: false, words: await loadWords('en', { server: '', dataset: 'main' }) })
  const tile = { copy: await noisy(1).jpeg().toBuffer(), caption: 'cat', note: '90 %' }
  const result = { key: 'suspects' as const, values: { suspects: [] } }
  const good = await files.write({ ...result, gallery: [tile] })
  const undrawable = await files.write({ ...result, gallery: [{ ...tile, copy: Buffer.from('no JPEG') }] })
  const said = stderr.mock.calls.map((call) => String(call.arguments[0]))
  stderr.mock.restore()
  assert.deepEqual([good, undrawable], [{}, {}])
  assert.equal(said.length, 1)
  assert.match(said[0] ?? '', /^Without a picture: .*mekiki-charts/)
})
