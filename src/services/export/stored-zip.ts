import { crc32 } from 'node:zlib'

// ZIP as in APPNOTE.TXT 6.3.9 of PKWARE. What is larger than 4 GiB, or has more than 65,534 files, gets the records of
// ZIP64 (4.3.14, 4.3.15, 4.5.3) and no others.

const [LOCAL, CENTRAL, END, END64, LOCATOR64] = [0x04034b50, 0x02014b50, 0x06054b50, 0x06064b50, 0x07064b50]
/** Version of the format that is needed, as ten times its number. */
const [PLAIN_FORMAT, FORMAT64] = [20, 45]
/** Made by Unix, so that the attributes say what each entry is; names are UTF-8. */
const UNIX = 3 << 8
const UTF8_FLAG = 0x800
const REGULAR_FILE = (0o100644 << 16) >>> 0
/** What does not fit into 16 or 32 bits stands in a record of ZIP64. */
const [MAX_16, MAX_32] = [0xffff, 0xffffffff]
const EXTRA64 = { id: 1, bytes: 8 }
/** Bytes of the fixed parts of records. */
const SIZES = { local: 30, central: 46, end: 22, end64: 56, locator64: 20 }
/** Of what follows the field that says it. */
const END64_REST = SIZES.end64 - 12

/** A ZIP file that grows by one file at a time. Nothing is compressed: JPEG does not get smaller. */
export class StoredZip {
  /** Bytes of the files in it. */
  size = 0
  private readonly onChunk: (chunk: Uint8Array) => void
  private readonly directory: Buffer[] = []
  private readonly made: { date: number; time: number }
  /** Bytes that were given out. */
  private at = 0

  /** @param onChunk is given its bytes, in order */
  constructor(onChunk: (chunk: Uint8Array) => void, made = new Date()) {
    this.onChunk = onChunk
    this.made = dosTime(made)
  }

  /** @param bytes less than 4 GiB */
  add(path: string, bytes: Uint8Array): void {
    const name = Buffer.from(path)
    const crc = crc32(bytes)
    this.directory.push(this.centralHeader({ name, crc, size: bytes.length }))
    const local = Buffer.alloc(SIZES.local)
    local.writeUInt32LE(LOCAL, 0)
    local.writeUInt16LE(PLAIN_FORMAT, 4)
    this.writeFields(local.subarray(6), { crc, size: bytes.length, nameBytes: name.length })
    this.give(Buffer.concat([local, name]))
    this.give(bytes)
    this.size += bytes.length
  }

  end(): void {
    const start = this.at
    for (const header of this.directory) this.give(header)
    const directory = { start, size: this.at - start, entries: this.directory.length }
    if (start > MAX_32 || directory.entries >= MAX_16 || this.at > MAX_32) this.give(end64(directory, this.at))
    this.give(end(directory))
    this.directory.length = 0
  }

  private centralHeader({ name, crc, size }: { name: Buffer; crc: number; size: number }): Buffer {
    const is64 = this.at >= MAX_32
    const header = Buffer.alloc(SIZES.central)
    header.writeUInt32LE(CENTRAL, 0)
    header.writeUInt16LE(UNIX | (is64 ? FORMAT64 : PLAIN_FORMAT), 4)
    header.writeUInt16LE(is64 ? FORMAT64 : PLAIN_FORMAT, 6)
    this.writeFields(header.subarray(8), { crc, size, nameBytes: name.length })
    header.writeUInt32LE(REGULAR_FILE, 38)
    header.writeUInt32LE(is64 ? MAX_32 : this.at, 42)
    if (!is64) return Buffer.concat([header, name])
    const extra = Buffer.alloc(4 + EXTRA64.bytes)
    extra.writeUInt16LE(EXTRA64.id, 0)
    extra.writeUInt16LE(EXTRA64.bytes, 2)
    extra.writeBigUInt64LE(BigInt(this.at), 4)
    header.writeUInt16LE(extra.length, 30)
    return Buffer.concat([header, name, extra])
  }

  /** What both headers of a file have, from the flags to the length of its name. */
  private writeFields(to: Buffer, { crc, size, nameBytes }: { crc: number; size: number; nameBytes: number }): void {
    to.writeUInt16LE(UTF8_FLAG, 0)
    to.writeUInt16LE(this.made.time, 4)
    to.writeUInt16LE(this.made.date, 6)
    to.writeUInt32LE(crc, 8)
    to.writeUInt32LE(size, 12)
    to.writeUInt32LE(size, 16)
    to.writeUInt16LE(nameBytes, 20)
  }

  private give(chunk: Uint8Array): void {
    this.at += chunk.length
    this.onChunk(chunk)
  }
}

type Directory = { start: number; size: number; entries: number }

/** @param at where this record is */
function end64({ start, size, entries }: Directory, at: number): Buffer {
  const record = Buffer.alloc(SIZES.end64 + SIZES.locator64)
  record.writeUInt32LE(END64, 0)
  record.writeBigUInt64LE(BigInt(END64_REST), 4)
  record.writeUInt16LE(UNIX | FORMAT64, 12)
  record.writeUInt16LE(FORMAT64, 14)
  record.writeBigUInt64LE(BigInt(entries), 24)
  record.writeBigUInt64LE(BigInt(entries), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(start), 48)
  const locator = record.subarray(SIZES.end64)
  locator.writeUInt32LE(LOCATOR64, 0)
  locator.writeBigUInt64LE(BigInt(at), 8)
  locator.writeUInt32LE(1, 16)
  return record
}

function end({ start, size, entries }: Directory): Buffer {
  const record = Buffer.alloc(SIZES.end)
  record.writeUInt32LE(END, 0)
  record.writeUInt16LE(Math.min(entries, MAX_16), 8)
  record.writeUInt16LE(Math.min(entries, MAX_16), 10)
  record.writeUInt32LE(Math.min(size, MAX_32), 12)
  record.writeUInt32LE(Math.min(start, MAX_32), 16)
  return record
}

/** As MS-DOS keeps it, in steps of two seconds, from 1980 on. */
function dosTime(moment: Date): { date: number; time: number } {
  const years = Math.max(0, moment.getUTCFullYear() - 1980)
  return {
    date: (years << 9) | ((moment.getUTCMonth() + 1) << 5) | moment.getUTCDate(),
    time: (moment.getUTCHours() << 11) | (moment.getUTCMinutes() << 5) | (moment.getUTCSeconds() >> 1),
  }
}
