/** A picture that somebody hands over, read only when it is its turn. `name` is what it was called; never a path to write. */
export type Source = { name: string; read(): Promise<Uint8Array> }
