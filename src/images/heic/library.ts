import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { config } from '../../config.ts'

/**
 * What reads HEIC: libheif in WebAssembly. It is LGPL, so it is no part of this program: whoever wants it installs it beside
 * (docs/configuration.md).
 */
export const HEIC_PACKAGE = 'libheif-js'

/** What is loaded: from the folder that was named, or wherever it is installed. */
export const heicModule = (folder = config.heicDecoder): string =>
  folder === '' ? `${HEIC_PACKAGE}/wasm-bundle` : pathToFileURL(join(folder, 'wasm-bundle.js')).href

const Fn = z.custom<(...args: unknown[]) => unknown>((value) => typeof value === 'function')
/** Values by name, on what is a function. */
const Names = z.custom<Record<string, unknown>>((value) => typeof value === 'function')

/** Of its functions those that are called here. */
const Library = z.looseObject({
  ready: z.unknown().optional(),
  heif_get_version: Fn,
  heif_context_alloc: Fn,
  heif_context_read_from_memory: Fn,
  heif_js_context_get_primary_image_handle: Fn,
  heif_image_handle_get_width: Fn,
  heif_image_handle_get_height: Fn,
  heif_js_decode_image2: Fn,
  heif_error_code: Names,
  heif_colorspace: Names,
  heif_chroma: Names,
})
export type HeicLibrary = z.infer<typeof Library>

/** Undefined: it is not installed. Throws an Error where it is another version than is known here. */
export async function loadHeicLibrary(module: string): Promise<HeicLibrary | undefined> {
  const loaded: unknown = await import(module).catch((error) => {
    if (isNotFound(error)) return undefined
    throw error
  })
  if (loaded === undefined) return undefined
  const library = Library.parse(z.object({ default: z.unknown() }).parse(loaded).default)
  await library.ready
  return library
}

const isNotFound = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND'
