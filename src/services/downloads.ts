import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ServiceContext } from '../context.ts'

/** A file on this disk that somebody may download, as it is called for them. */
export type Download = { name: string; file: string }

/** How long it is there: a slow line takes that for gigabytes. */
const DOWNLOAD_TTL_MS = 60 * 60_000

type Where = Pick<ServiceContext, 'downloadFolder'>

/** A folder of its own for what somebody downloads, for the operator's eyes alone. Those that are too old are deleted. */
export async function makeDownloadFolder(where: Where): Promise<string> {
  await mkdir(where.downloadFolder, { recursive: true, mode: 0o700 })
  await deleteOldDownloads(where)
  return mkdtemp(join(where.downloadFolder, 'download-'))
}

/** Deletes what was there to be downloaded for long enough. @param now milliseconds since 1970 */
export async function deleteOldDownloads({ downloadFolder }: Where, now = Date.now()): Promise<void> {
  for (const name of await readdir(downloadFolder).catch(() => [])) {
    const folder = join(downloadFolder, name)
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs >= DOWNLOAD_TTL_MS) await rm(folder, { recursive: true, force: true })
  }
}
