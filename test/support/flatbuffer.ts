// Writes flatbuffers (https://flatbuffers.dev/internals/), apart from what reads them in models/.

/** A field of a table, by its kind; null is left out. */
export type Field =
  | null
  | { int: number }
  | { table: Field[] }
  | { tables: Field[][] }
  | { text: string }
  | { ints: number[] }
  | { longs: number[] }
  | { floats: number[] }
  | { bytes: Uint8Array }

/** Numbers begin at multiples of this, and so do the values of vectors. */
const ALIGNMENT = 16

/** A file with a root table. @param identifier four characters */
export function writeFlatbuffer(identifier: string, root: Field[]): Uint8Array<ArrayBuffer> {
  const writer = new Writer()
  writer.append(8)
  writer.bytes.write(identifier, 4, 'latin1')
  writer.point(0, writer.table(root))
  return new Uint8Array(writer.bytes.subarray(0, writer.length))
}

class Writer {
  bytes = Buffer.alloc(1 << 12)
  length = 0

  /** Bytes at the end, zeros. @param before bytes until the place that is aligned @returns where they begin */
  append(count: number, before = 0): number {
    this.length += (ALIGNMENT - ((this.length + before) % ALIGNMENT)) % ALIGNMENT
    const at = this.length
    this.length += count
    while (this.bytes.length < this.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)])
    return at
  }

  point(from: number, to: number): void {
    this.bytes.writeUInt32LE(to - from, from)
  }

  /** Every field has four bytes, whatever it needs. */
  table(fields: Field[]): number {
    const vtable = this.append(4 + 2 * fields.length)
    const at = this.append(4 + 4 * fields.length)
    this.bytes.writeUInt16LE(4 + 2 * fields.length, vtable)
    this.bytes.writeUInt16LE(4 + 4 * fields.length, vtable + 2)
    this.bytes.writeInt32LE(at - vtable, at)
    for (const [i, field] of fields.entries()) {
      if (field === null) continue
      const place = at + 4 + 4 * i
      this.bytes.writeUInt16LE(place - at, vtable + 4 + 2 * i)
      if ('int' in field) this.bytes.writeInt32LE(field.int, place)
      else this.point(place, this.child(field))
    }
    return at
  }

  child(field: Exclude<Field, null | { int: number }>): number {
    if ('table' in field) return this.table(field.table)
    if ('tables' in field) {
      const at = this.vector(field.tables.length, 4)
      for (const [i, fields] of field.tables.entries()) this.point(at + 4 + 4 * i, this.table(fields))
      return at
    }
    if ('text' in field) return this.values(Buffer.from(`${field.text}\0`), field.text.length)
    if ('ints' in field) return this.values(Int32Array.from(field.ints), field.ints.length)
    if ('longs' in field) return this.values(BigInt64Array.from(field.longs, BigInt), field.longs.length)
    if ('floats' in field) return this.values(Float32Array.from(field.floats), field.floats.length)
    return this.values(field.bytes, field.bytes.length)
  }

  private values({ buffer, byteOffset, byteLength }: ArrayBufferView, count: number): number {
    const at = this.vector(count, byteLength / Math.max(count, 1))
    this.append(0)
    this.bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at + 4)
    return at
  }

  private vector(count: number, bytes: number): number {
    const at = this.append(4 + Math.ceil(count * bytes), 4)
    this.bytes.writeUInt32LE(count, at)
    return at
  }
}
