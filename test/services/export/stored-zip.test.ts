// ZIP files as they are written here, read by what reads those of others: also beyond what the first format could hold.
import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { TERMINAL_ZIP } from '../../../src/files/zip/limits.ts'
import { openZip } from '../../../src/files/zip/open-zip.ts'
import { StoredZip } from '../../../src/services/export/stored-zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'mekiki-zip-'))
after(() => rmSync(folder, { recursive: true }))

const bytesOf = (i: number): Uint8Array => new Uint8Array(Buffer.from(`file ${i}`))

/** @param start where its first file begins: what is before it is a hole, which takes no room. */
function write(name: string, files: number, start = 0): string {
  const path = join(folder, name)
  const chunks: Uint8Array[] = []
  const zip = new StoredZip((chunk) => chunks.push(chunk))
  Object.assign(zip, { at: start })
  for (let i = 0; i < files; i++) zip.add(`folder/${i} 猫.txt`, bytesOf(i))
  zip.end()
  const file = openSync(path, 'w')
  const all = Buffer.concat(chunks)
  writeSync(file, all, 0, all.length, start)
  closeSync(file)
  return path
}

for (const [what, name, files, start] of [
  ['no file', 'empty.zip', 0, 0],
  ['a few files', 'few.zip', 3, 0],
  ['more files than fit into 16 bits', 'many.zip', 2 ** 16 + 10, 0],
  ['files that begin beyond 4 GiB', 'far.zip', 3, 2 ** 32 + 7],
  ['files that begin on either side of 4 GiB', 'edge.zip', 5, 2 ** 32 - 100],
] as const)
  test(`${what}: all are read as they were written`, async () => {
    const zip = await openZip({ file: write(name, files, start) }, TERMINAL_ZIP)
    try {
      assert.deepEqual([zip.files.length, zip.failures], [files, []])
      for (const i of [0, 1, files - 1]) {
        const file = zip.files[i]
        if (!file) continue
        assert.deepEqual(file.path, ['folder', `${i} 猫.txt`])
        assert.deepEqual(await file.read(), bytesOf(i))
      }
    } finally {
      zip.close()
    }
  })
