// Discord's CDN: files under signed addresses, and what can go wrong with them.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Reply } from './call.ts'
import { type Attachment, snowflake } from './entities.ts'

/** What happens in place of the file: an answer, a delay, or more bytes than anybody wants. */
export type FileFault = Reply | 'slow' | 'silent' | 'endless'
type File = { filename: string; bytes: Uint8Array; fault?: FileFault | undefined; type?: string | undefined }

const SLOW_MS = 1_500
/** Longer than anybody waits. */
const SILENT_MS = 3600_000
const ENDLESS_BYTES = 40 * 2 ** 20

export class Cdn {
  private readonly files = new Map<string, File>()

  /** @param host where it can be downloaded */
  keep(host: string, file: File): Attachment {
    const { filename, bytes, type = 'image/png' } = file
    const id = snowflake()
    this.files.set(id, { ...file, type })
    const url = `http://${host}/attachments/${id}/${encodeURIComponent(filename)}?ex=1&is=2&hm=3`
    return { id, filename, size: bytes.length, url, proxy_url: url, content_type: type }
  }

  /** What was there is gone. */
  lose(id: string): void {
    this.files.delete(id)
  }

  async serve(id: string): Promise<Reply> {
    const file = this.files.get(id)
    if (!file) return { status: 404 }
    const { bytes, fault, type = '' } = file
    if (fault === 'slow') await sleep(SLOW_MS)
    else if (fault === 'silent') await sleep(SILENT_MS, undefined, { ref: false })
    else if (fault === 'endless') return { status: 200, body: new Uint8Array(ENDLESS_BYTES) }
    else if (fault) return fault
    return { status: 200, body: bytes, headers: { 'content-type': type } }
  }
}
