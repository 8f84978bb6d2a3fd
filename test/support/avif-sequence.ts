// An animated AVIF, made of a still one (ISO/IEC 14496-12): a film of frames beside the picture that it has.

/** ISO 14496-12: 1/1000 s is the unit of time here. */
const TIME_SCALE = 1000
const FRAME_TIME = 100
const NO_ROTATION = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]
/** Enabled, in the movie. */
const TRACK_FLAGS = 3
/** The data are in this file. */
const SELF_CONTAINED = 1
const TRACK = 1

const u32 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i)
  return bytes
}
const u16 = (...values: number[]): Buffer => {
  const bytes = Buffer.alloc(2 * values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value, 2 * i)
  return bytes
}
function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(8 + body.length), Buffer.from(type, 'latin1'), body])
}
/** A box with version 0 and flags. */
const fullBox = (type: string, flags: number, ...parts: Buffer[]): Buffer => box(type, u32(flags), ...parts)

/** The whole box of a type, wherever it is. */
function findBox(bytes: Buffer, type: string): Buffer {
  const at = bytes.indexOf(type, 0, 'latin1') - 4
  return bytes.subarray(at, at + bytes.readUInt32BE(at))
}

/** @param still an AVIF as sharp writes it, of a side in pixels. @returns an animation whose frames all show it */
export function avifSequence(still: Buffer, { side, frames }: { side: number; frames: number }): Buffer {
  const mdat = still.indexOf('mdat', 0, 'latin1')
  const [start, size] = [mdat + 4, still.readUInt32BE(mdat - 4) - 8]
  const duration = frames * FRAME_TIME
  const entry = box(
    'av01',
    Buffer.alloc(6),
    u16(1),
    Buffer.alloc(16),
    u16(side, side),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    findBox(still, 'av1C'),
  )
  const samples = box(
    'stbl',
    fullBox('stsd', 0, u32(1), entry),
    fullBox('stts', 0, u32(1, frames, FRAME_TIME)),
    fullBox('stsc', 0, u32(1, 1, 1, 1)),
    fullBox('stsz', 0, u32(size, frames)),
    fullBox('stco', 0, u32(frames, ...Array.from({ length: frames }, () => start))),
  )
  const data = box('dinf', fullBox('dref', 0, u32(1), fullBox('url ', SELF_CONTAINED)))
  const media = box(
    'mdia',
    fullBox('mdhd', 0, u32(0, 0, TIME_SCALE, duration), u16(0x55c4, 0)),
    fullBox('hdlr', 0, u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
    box('minf', fullBox('vmhd', 1, Buffer.alloc(8)), data, samples),
  )
  const shape = [u32(...NO_ROTATION), u32(side * 0x10000, side * 0x10000)]
  const track = box(
    'trak',
    fullBox('tkhd', TRACK_FLAGS, u32(0, 0, TRACK, 0, duration), Buffer.alloc(16), ...shape),
    media,
  )
  const movie = fullBox(
    'mvhd',
    0,
    u32(0, 0, TIME_SCALE, duration, 0x10000),
    Buffer.alloc(12),
    u32(...NO_ROTATION),
    Buffer.alloc(24),
    u32(TRACK + 1),
  )
  const sequence = Buffer.concat([still, box('moov', movie, track)])
  sequence.write('avis', 8, 'latin1')
  return sequence
}
