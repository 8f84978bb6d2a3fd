// ZIP files as programs write them, and as nobody should.
import { crc32, deflateRawSync } from 'node:zlib'

/** What is not given is as it should be. `bytes`: none make a folder. */
export type ZipEntry = {
  name: string | Buffer
  bytes?: Uint8Array
  /** Packed by Deflate; otherwise stored. */
  isDeflated?: boolean
  method?: number
  flags?: number
  /** Unix kind and mode. */
  mode?: number
  crc?: number
  /** What is said of its length. */
  declared?: number
  /** Of its packed bytes. */
  declaredPacked?: number
  extra?: Buffer
  /** Its bytes are those of the entry before. */
  sharesBytes?: boolean
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const UNIX = 3 << 8
const UTF8 = 0x800

/** @param entryCount how many entries are said to be in it */
export function makeZip(entries: readonly ZipEntry[], { entryCount = entries.length } = {}): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  let lastAt = 0
  for (const entry of entries) {
    const described = describe(entry)
    if (!entry.sharesBytes) {
      lastAt = at
      const local = Buffer.concat([localHeader(described), described.name, described.packed])
      parts.push(local)
      at += local.length
    }
    central.push(Buffer.concat([centralHeader(described, lastAt), described.name, described.extra]))
  }
  const directory = Buffer.concat(central)
  return Buffer.concat([...parts, directory, end({ entryCount, size: directory.length, at })])
}

function describe(entry: ZipEntry) {
  const { name, bytes = Buffer.alloc(0), isDeflated = false, mode = 0o100644 } = entry
  const packed = isDeflated ? deflateRawSync(bytes) : Buffer.from(bytes)
  const isText = typeof name === 'string'
  return {
    name: Buffer.from(name),
    packed,
    method: entry.method ?? (isDeflated ? 8 : 0),
    flags: entry.flags ?? (isText ? UTF8 : 0),
    crc: entry.crc ?? crc32(bytes),
    packedSize: entry.declaredPacked ?? packed.length,
    size: entry.declared ?? bytes.length,
    mode,
    extra: entry.extra ?? Buffer.alloc(0),
  }
}
type Described = ReturnType<typeof describe>

function localHeader({ name, method, flags, crc, packedSize, size }: Described): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(LOCAL, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(method, 8)
  header.writeUInt32LE(crc, 14)
  header.writeUInt32LE(packedSize, 18)
  header.writeUInt32LE(size, 22)
  header.writeUInt16LE(name.length, 26)
  return header
}

function centralHeader({ name, method, flags, crc, packedSize, size, mode, extra }: Described, at: number): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(CENTRAL, 0)
  header.writeUInt16LE(UNIX | 20, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(flags, 8)
  header.writeUInt16LE(method, 10)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(packedSize, 20)
  header.writeUInt32LE(size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt16LE(extra.length, 30)
  header.writeUInt32LE((mode << 16) >>> 0, 38)
  header.writeUInt32LE(at, 42)
  return header
}

function end({ entryCount, size, at }: { entryCount: number; size: number; at: number }): Buffer {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(END, 0)
  record.writeUInt16LE(entryCount, 8)
  record.writeUInt16LE(entryCount, 10)
  record.writeUInt32LE(size, 12)
  record.writeUInt32LE(at, 16)
  return record
}

/** The end of a ZIP in 64 bits. @param end `at`: where the directory is said to be; `recordAt`: the record itself */
export function zip64End(entryCount: bigint, { at, recordAt }: { at: bigint; recordAt: bigint }): Buffer {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(entryCount, 24)
  record.writeBigUInt64LE(entryCount, 32)
  record.writeBigUInt64LE(at, 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(recordAt, 8)
  return Buffer.concat([record, locator, end({ entryCount: 0xffff, size: 0, at: 0xffffffff })])
}
