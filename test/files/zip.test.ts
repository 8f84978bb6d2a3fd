// ZIP files that were written with care, on other machines, or to do harm.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { CHAT_ZIP } from '../../src/files/zip/limits.ts'
import { openZip } from '../../src/files/zip/open-zip.ts'
import { makeZip, type ZipEntry, zip64End } from '../support/zip-file.ts'

const text = Buffer.from('some bytes')
const file = (name: string | Buffer, more: Partial<ZipEntry> = {}): ZipEntry => ({ name, bytes: text, ...more })

async function open(bytes: Uint8Array, limits = CHAT_ZIP) {
  const zip = await openZip({ bytes }, limits)
  const read: Record<string, string> = {}
  for (const { path, read: readFile } of zip.files)
    read[path.join('/')] = await readFile().then(
      (found) => Buffer.from(found).toString(),
      (error) => error.code,
    )
  zip.close()
  return { read, failed: zip.failures.map(({ path, error }) => [path, error.code]), skipped: zip.skipped }
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'opened',
    (error) => error.code,
  )

test('files come with their folders; what systems put there is counted, folders are not', async () => {
  const zip = makeZip([
    { name: 'cat/' },
    file('cat/one.png'),
    file('./cat//two.png', { isDeflated: true }),
    file('__MACOSX/cat/._one.png'),
    file('cat/.DS_Store'),
    file('cat/Thumbs.db'),
    file('dog\\three.png'),
  ])
  assert.deepEqual(await open(zip), {
    read: { 'cat/one.png': 'some bytes', 'cat/two.png': 'some bytes', 'dog/three.png': 'some bytes' },
    failed: [],
    skipped: 3,
  })
})

test('one bad entry never stops the others, and each says why', async () => {
  const zip = makeZip([
    file('first.png'),
    file('../../etc/passwd'),
    file('/etc/passwd'),
    file('C:\\windows.png'),
    file('a/\0.png'),
    file('link.png', { mode: 0o120777 }),
    file('pipe.png', { mode: 0o010644 }),
    file('secret.png', { flags: 1 }),
    file('more.zip'),
    file('more.tar.gz'),
    file('other.png', { method: 14 }),
    file('large.png', { isDeflated: true, declared: 2 ** 31 }),
    file('longer.png', { isDeflated: true, declared: 5 }),
    file('shorter.png', { isDeflated: true, declared: 50 }),
    file('stored.png', { declared: 50 }),
    file('packed.png', { declaredPacked: 2 ** 31 }),
    file('changed.png', { crc: 7 }),
    file('broken.png', { method: 8 }),
    file('last.png'),
  ])
  const { read, failed } = await open(zip)
  assert.deepEqual(read, {
    'first.png': 'some bytes',
    'longer.png': 'zip.file-damaged',
    'shorter.png': 'zip.file-damaged',
    'stored.png': 'zip.file-damaged',
    'changed.png': 'zip.file-damaged',
    'broken.png': 'zip.file-damaged',
    'last.png': 'some bytes',
  })
  assert.deepEqual(failed, [
    ['../../etc/passwd', 'zip.path'],
    ['/etc/passwd', 'zip.path'],
    ['C:/windows.png', 'zip.path'],
    ['a/\0.png', 'zip.path'],
    ['link.png', 'zip.link'],
    ['pipe.png', 'zip.link'],
    ['secret.png', 'zip.encrypted'],
    ['more.zip', 'zip.nested'],
    ['more.tar.gz', 'zip.nested'],
    ['other.png', 'zip.method'],
    ['large.png', 'picture.too-large'],
    ['packed.png', 'zip.file-damaged'],
  ])
})

test('bombs are refused: by what is said of them, and by what comes out', async () => {
  const zeros = Buffer.alloc(20 * 2 ** 20)
  const flat = await open(makeZip([file('cat.png'), { name: 'zeros.png', bytes: zeros, isDeflated: true }]))
  assert.deepEqual(flat, { read: { 'cat.png': 'some bytes' }, failed: [['zeros.png', 'zip.bomb']], skipped: 0 })
  // Many that are small enough each.
  const small = Buffer.alloc(2 ** 20)
  const dense = makeZip(Array.from({ length: 5 }, (_, i) => ({ name: `${i}.png`, bytes: small, isDeflated: true })))
  assert.equal(await codeOf(open(dense)), 'zip.bomb')
  // It says less than it has: no more than that is unpacked.
  const liar = makeZip([file('cat.png'), { name: 'zeros.png', bytes: zeros, isDeflated: true, declared: 1000 }])
  assert.deepEqual((await open(liar)).read, { 'cat.png': 'some bytes', 'zeros.png': 'zip.file-damaged' })
  // Entries that share their bytes.
  const block = Buffer.alloc(2 ** 16, 'some bytes')
  const shared = [{ name: '0.png', bytes: block }]
  for (let i = 1; i < 50; i++) shared.push({ name: `${i}.png`, bytes: block, sharesBytes: true } as never)
  assert.equal(await codeOf(open(makeZip(shared))), 'zip.bomb')
  const many = makeZip(Array.from({ length: 30 }, (_, i) => file(`${i}.png`)))
  assert.equal(await codeOf(open(many, { entries: 29, bytes: 2 ** 20 })), 'zip.too-many')
  assert.equal(await codeOf(open(many, { entries: 30, bytes: 200 })), 'zip.bomb')
})

test('what is no ZIP, or is cut off, says so; what can be read of a damaged one is', async () => {
  const zip = makeZip([file('one.png'), file('two.png'), file('three.png')])
  for (const bytes of [Buffer.alloc(0), Buffer.from('PK\x03\x04'), zip.subarray(0, -30), Buffer.alloc(2000, 7)])
    assert.equal(await codeOf(open(bytes)), 'zip.damaged')
  // Says more than it has.
  const more = await open(makeZip([file('one.png')], { entryCount: 3 }))
  assert.deepEqual([more.read, more.failed], [{ 'one.png': 'some bytes' }, [[null, 'zip.cut']]])
  const size = BigInt(zip.length)
  const ends = { far: 2n ** 60n, beyond: 2n ** 40n, start: 0n }
  for (const [name, at] of Object.entries(ends)) {
    assert.equal(await codeOf(open(Buffer.concat([zip, zip64End(3n, { at, recordAt: size })]))), 'zip.damaged', name)
    assert.equal(await codeOf(open(Buffer.concat([zip, zip64End(3n, { at: 0n, recordAt: at })]))), 'zip.damaged', name)
  }
  const many = Buffer.concat([zip, zip64End(2n ** 50n, { at: 0n, recordAt: size })])
  assert.equal(await codeOf(open(many)), 'zip.too-many')
})

test('a ZIP in a file is read as one in memory, and says the same of lies', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-zip-'))
  const path = join(folder, 'a.zip')
  const openPath = async (bytes: Uint8Array) => {
    writeFileSync(path, bytes)
    const zip = await openZip({ file: path }, CHAT_ZIP)
    const found = await Promise.all(
      zip.files.map(async ({ read }) =>
        read().then(
          (bytes) => Buffer.from(bytes).toString(),
          (error) => error.code,
        ),
      ),
    )
    zip.close()
    return found
  }
  try {
    const zip = makeZip([file('one.png'), file('two.png', { isDeflated: true }), file('bad.png', { crc: 1 })])
    assert.deepEqual(await openPath(zip), ['some bytes', 'some bytes', 'zip.file-damaged'])
    for (const recordAt of [0n, 2n ** 60n])
      assert.equal(
        await codeOf(openPath(Buffer.concat([zip, zip64End(3n, { at: 2n ** 61n, recordAt })]))),
        'zip.damaged',
      )
    assert.equal(await codeOf(openPath(Buffer.alloc(0))), 'zip.damaged')
    rmSync(path)
    assert.equal(await codeOf(openZip({ file: path }, CHAT_ZIP)), 'file.not-found')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('names are UTF-8 by flag, by field or by validity, and otherwise CP932 or CP437', async () => {
  const sjis = (...bytes: number[]) => Buffer.from(bytes)
  // 猫/表1.png: the second byte of 表 is a backslash.
  const cat = sjis(0x94, 0x4c, 0x2f, 0x95, 0x5c, 0x31, 0x2e, 0x70, 0x6e, 0x67)
  const kana = Buffer.concat([sjis(0xb1, 0xb2), Buffer.from('/2.png')])
  assert.deepEqual(Object.keys((await open(makeZip([file(cat), file(kana), file(Buffer.from('a/3.png'))]))).read), [
    '猫/表1.png',
    'ｱｲ/2.png',
    'a/3.png',
  ])
  // macOS: UTF-8 without the flag, letters and their marks apart.
  const mac = makeZip([file(Buffer.from('ガ/é.png'.normalize('NFD')))])
  assert.deepEqual(Object.keys((await open(mac)).read), ['ガ/é.png'.normalize('NFC')])
  assert.deepEqual(Object.keys((await open(makeZip([file('猫/1.png'), file(cat)]))).read), ['猫/1.png', '猫/表1.png'])
  const name = Buffer.from('?/1.png')
  const unicode = Buffer.from('犬/1.png')
  const field = Buffer.alloc(9 + unicode.length)
  field.writeUInt16LE(0x7075, 0)
  field.writeUInt16LE(5 + unicode.length, 2)
  field.writeUInt8(1, 4)
  field.writeUInt32LE(crc32(name), 5)
  unicode.copy(field, 9)
  assert.deepEqual(Object.keys((await open(makeZip([file(name, { extra: field })]))).read), ['犬/1.png'])
  const western = makeZip([file(Buffer.from('caf\x82.png', 'latin1')), file(Buffer.from('\x84\x94.png', 'latin1'))])
  assert.deepEqual(Object.keys((await open(western)).read).sort(), ['café.png', 'äö.png'].sort())
})
