import type { Copied } from '../copy-database/copy-rows.ts'

/** `kept`: where the database lies that was in the way; null: none was. `missing`: added backbones whose files are gone. */
export type Moved = Copied & { from: string; to: string; kept: string | null; missing: string[] }

/** `url`: of the PostgreSQL. `keys`: of DATA_KEY. `onCopied`: as for openDatabase. */
export type MoveOptions = { home: string; url: string; keys: Buffer[]; onCopied?: ((file: string) => void) | undefined }
