import { BackboneError } from '../network.ts'

// Flatbuffers (https://flatbuffers.dev/internals/): a table begins with the distance back to its vtable, which holds the place of each field in
// the table, 0 where it is left out. Strings, vectors and other tables are reached by a distance forward. All little endian.
// The package `flatbuffers` reads outside of the bytes without a word and has no verifier for JavaScript, so this reads them itself.

/** Entries of a vector that is read as a whole; networks have some thousands of tensors, and as many channels. */
const MAX_ENTRIES = 1 << 16
const OFFSET_BYTES = 4
const VTABLE_HEADER_BYTES = 4

/** The reading of one kind of number, and its bytes. */
type NumberKind = { bytes: number; read(view: DataView, at: number): number }
const BYTE: NumberKind = { bytes: 1, read: (view, at) => view.getUint8(at) }
const UINT32: NumberKind = { bytes: 4, read: (view, at) => view.getUint32(at, true) }
const INT32: NumberKind = { bytes: 4, read: (view, at) => view.getInt32(at, true) }
const INT64: NumberKind = { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }
const FLOAT32: NumberKind = { bytes: 4, read: (view, at) => view.getFloat32(at, true) }

/** A table of a flatbuffer; fields go by their number in the schema. Every method throws BackboneError where the bytes lead outside of the file. */
export class FlatTable {
  private readonly view: DataView
  private readonly at: number
  private readonly vtable: number
  private readonly vtableBytes: number

  private constructor(view: DataView, at: number) {
    this.view = view
    this.at = within(view, at, OFFSET_BYTES)
    this.vtable = within(view, at - view.getInt32(at, true), VTABLE_HEADER_BYTES)
    this.vtableBytes = view.getUint16(this.vtable, true)
    within(view, this.vtable, this.vtableBytes)
  }

  /** The table that a file is. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new FlatTable(view, view.getUint32(within(view, 0, OFFSET_BYTES), true))
  }

  byte(field: number, fallback = 0): number {
    return this.number(field, BYTE) ?? fallback
  }

  uint32(field: number, fallback = 0): number {
    return this.number(field, UINT32) ?? fallback
  }

  int32(field: number, fallback = 0): number {
    return this.number(field, INT32) ?? fallback
  }

  /** Null where it is left out, as `table` and `bytes` are. */
  string(field: number): string | null {
    const bytes = this.bytes(field)
    return bytes && Buffer.from(bytes).toString('utf8')
  }

  table(field: number): FlatTable | null {
    const at = this.place(field, OFFSET_BYTES)
    return at === null ? null : new FlatTable(this.view, this.follow(at))
  }

  /** A vector of bytes, not copied; it may be as long as the file. */
  bytes(field: number): Uint8Array | null {
    const vector = this.vector(field, 1)
    return vector && new Uint8Array(this.view.buffer, this.view.byteOffset + vector.at, vector.length)
  }

  /** Empty where it is left out, as the vectors below are. */
  tables(field: number): FlatTable[] {
    const places = this.vector(field, OFFSET_BYTES, MAX_ENTRIES)
    return this.list(places, OFFSET_BYTES, (at) => new FlatTable(this.view, this.follow(at)))
  }

  int32s(field: number): number[] {
    return this.numbers(field, INT32)
  }

  int64s(field: number): number[] {
    return this.numbers(field, INT64)
  }

  floats(field: number): number[] {
    return this.numbers(field, FLOAT32)
  }

  private number(field: number, { bytes, read }: NumberKind): number | null {
    const at = this.place(field, bytes)
    return at === null ? null : read(this.view, at)
  }

  private numbers(field: number, { bytes, read }: NumberKind): number[] {
    return this.list(this.vector(field, bytes, MAX_ENTRIES), bytes, (at) => read(this.view, at))
  }

  private list<T>(vector: { at: number; length: number } | null, bytes: number, read: (at: number) => T): T[] {
    return Array.from({ length: vector?.length ?? 0 }, (_, i) => read((vector?.at ?? 0) + i * bytes))
  }

  private vector(field: number, bytes: number, most = Number.POSITIVE_INFINITY): { at: number; length: number } | null {
    const place = this.place(field, OFFSET_BYTES)
    if (place === null) return null
    const start = within(this.view, this.follow(place), OFFSET_BYTES)
    const length = this.view.getUint32(start, true)
    if (length > most) throw new BackboneError(`Expected a list of at most ${most} entries, received one of ${length}`)
    return { at: within(this.view, start + OFFSET_BYTES, length * bytes), length }
  }

  private follow(at: number): number {
    return at + this.view.getUint32(at, true)
  }

  /** Where a field is; null where it is left out. */
  private place(field: number, bytes: number): number | null {
    const entry = VTABLE_HEADER_BYTES + 2 * field
    if (entry + 2 > this.vtableBytes) return null
    const distance = this.view.getUint16(this.vtable + entry, true)
    return distance === 0 ? null : within(this.view, this.at + distance, bytes)
  }
}

/** @returns `at`. Throws BackboneError where it and the bytes after it are not inside of the file. */
function within(view: DataView, at: number, bytes: number): number {
  if (at >= 0 && at + bytes <= view.byteLength) return at
  throw new BackboneError(
    `Expected a whole TFLite file, found ${bytes} bytes at ${at} that would lie outside of its ${view.byteLength}`,
  )
}
