// What the main thread and the database threads say to each other.

/** `writes`: the one thread that may write. The others open the file for reading. */
export type Connection = { file: string; writes: boolean; busyTimeoutMs: number }

/** The connection comes first; the file is opened with the first query. */
export type Request =
  | ({ kind: 'connect' } & Connection)
  | { id: number; kind: 'query'; sql: string; parameters: readonly unknown[] }
  | { id: number; kind: 'close' }

export type Reply =
  | { id: number; kind: 'rows'; rows: PackedRows }
  | { id: number; kind: 'done'; changes: number; insertId: number | null }
  | { id: number; kind: 'failed'; code: string; message: string }

/**
 * Some rows of a result. All their blobs lie in one buffer that changes hands instead of being copied:
 * `blobs` holds four numbers for each, its row, column, start and length.
 */
export type PackedRows = { columns: string[]; cells: unknown[][]; bytes: ArrayBuffer; blobs: number[] }

/** A longer message would hold up the thread that receives it. */
export const MAX_ROWS = 5_000
export const MAX_BYTES = 4 * 2 ** 20
