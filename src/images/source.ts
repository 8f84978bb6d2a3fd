/** A picture that somebody hands over, read only when it is its turn. `name` is what it was called; never a path to write. */
export type Source = {
  name: string
  /** What is kept of its name, where that is less. */
  storedAs?: string
  /** Who posted it, where somebody else adds it with their consent. */
  poster?: string | undefined
  read(): Promise<Uint8Array>
  /** Where it may be a ZIP: what it is unpacked from. Its bytes say whether it is one. */
  zip?(): Promise<ZipBytes>
}

/** A ZIP in memory, or the file that it is. */
export type ZipBytes = { bytes: Uint8Array } | { file: string | Buffer }

/** `skipped`: entries of folders that were passed over so far, because no person put them there. */
export type Sources = AsyncIterable<Source> & { readonly skipped?: number }
