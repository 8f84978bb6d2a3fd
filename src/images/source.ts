/** A picture that somebody hands over, read only when it is its turn. `name` is what it was called; never a path to write. */
export type Source = {
  name: string
  /** What is kept of its name, where that is less. */
  storedAs?: string
  /** Who posted it, where somebody else adds it with their consent. */
  poster?: string | undefined
  read(): Promise<Uint8Array>
}

/** `skipped`: entries of folders that were passed over so far, because no person put them there. */
export type Sources = AsyncIterable<Source> & { readonly skipped?: number }
