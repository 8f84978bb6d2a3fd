import { LIMITS } from '../../images/limits.ts'

/** What a ZIP may hold. `entries`: files and folders. `bytes`: of all files, unpacked. */
export type ZipLimits = { entries: number; bytes: number }

/** For what people send in a chat. */
export const CHAT_ZIP: ZipLimits = { entries: 10_000, bytes: 2 ** 30 }
/** For what people of a server send by the page: it lies on the disk, and `WEB_UPLOAD_MIB` says how large it may be. */
export const PAGE_ZIP: ZipLimits = { entries: 100_000, bytes: 16 * 2 ** 30 }
/** For files that the operator names: so many entries are held in memory, some 200 bytes each. */
export const TERMINAL_ZIP: ZipLimits = { entries: 500_000, bytes: 2 ** 40 }

/** Of a ZIP that is sent in a chat: Discord takes so much from a server that is boosted most. */
export const MAX_SENT_BYTES = 100 * 2 ** 20

/** Unpacked bytes for each packed one. Pictures are compressed already: what shrinks more holds no picture. */
export const MAX_RATIO = 100
/** Below so many bytes a ratio says nothing. */
export const RATIO_FROM_BYTES = 2 ** 20

/** Of a file in a ZIP: as of any picture. */
export const MAX_FILE_BYTES = LIMITS.bytes
