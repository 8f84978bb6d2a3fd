// A thread that decodes one HEIC picture and ends: its memory ends with it, and it can be stopped at any time.
import { workerData } from 'node:worker_threads'
import { z } from 'zod'
import { requireParentPort } from '../../parent-port.ts'
import { type HeicLibrary, loadHeicLibrary } from './library.ts'
import type { HeicJob, HeicReply } from './messages.ts'
import { Planes, toRgb } from './to-rgb.ts'

const WASM_PAGE_BYTES = 2 ** 16

async function decode({ module, bytes, leastSide, maxPixels, maxSide, memoryBytes }: HeicJob): Promise<HeicReply> {
  const exceeded = limitMemory(memoryBytes)
  const library = await loadHeicLibrary(module)
  if (!library) return { refused: 'missing' }
  const size = { width: 0, height: 0 }
  try {
    const handle = openPicture(library, bytes)
    size.width = Number(library.heif_image_handle_get_width(handle))
    size.height = Number(library.heif_image_handle_get_height(handle))
    if (size.width * size.height > maxPixels || Math.max(size.width, size.height) > maxSide)
      return { refused: 'pixels', ...size }
    const { heif_colorspace: spaces, heif_chroma: chroma } = library
    const decoded = await library.heif_js_decode_image2(handle, spaces.heif_colorspace_YCbCr, chroma.heif_chroma_420)
    const planes = Planes.safeParse(decoded)
    if (!planes.success) throw new Error(messageOf(decoded))
    return { pixels: toRgb(planes.data, leastSide) }
  } catch (error) {
    return exceeded() ? { refused: 'memory', ...size } : { refused: 'damaged', reason: messageOf(error) }
  }
}

/** The first picture of a file. */
function openPicture(library: HeicLibrary, bytes: Uint8Array): unknown {
  const context = library.heif_context_alloc()
  const read = library.heif_context_read_from_memory(context, bytes)
  const { code } = z.object({ code: z.unknown() }).parse(read)
  if (code !== library.heif_error_code.heif_error_Ok) throw new Error(messageOf(read))
  const handle = library.heif_js_context_get_primary_image_handle(context)
  if (!handle || (typeof handle === 'object' && 'code' in handle)) throw new Error(messageOf(handle))
  return handle
}

const Message = z.object({ message: z.string() })
const messageOf = (error: unknown): string => Message.safeParse(error).data?.message ?? 'it has no picture'

requireParentPort().postMessage(await decode(workerData as HeicJob))

/** Memory of WebAssembly is no memory of JavaScript: only here it can be limited. @returns whether more was asked for */
function limitMemory(maxBytes: number): () => boolean {
  let isExceeded = false
  const { grow } = WebAssembly.Memory.prototype
  WebAssembly.Memory.prototype.grow = function (pages: number) {
    if (this.buffer.byteLength + pages * WASM_PAGE_BYTES > maxBytes) {
      isExceeded = true
      throw new RangeError(`Expected at most ${maxBytes} bytes of memory`)
    }
    return grow.call(this, pages)
  }
  return () => isExceeded
}
