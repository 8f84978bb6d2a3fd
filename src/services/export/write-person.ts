import type { FileHandle } from 'node:fs/promises'
import type { ServiceContext } from '../../context.ts'
import type { Person } from '../../db/people.ts'
import { type Progress, pictureProgress } from '../../progress.ts'
import { openPersonArchive } from './person-archive.ts'
import { StoredZip } from './stored-zip.ts'
import { createFile } from './write-zip.ts'

/** Bytes of pictures in one ZIP file: the format ends at 4 GiB. */
const MAX_BYTES = 2 ** 31

type WrittenPerson = { examples: number; feedback: number; changes: number; files: string[] }

/**
 * Writes everything that is kept of a person into a ZIP file, for its owner alone; gigabytes of pictures into several.
 * Throws UserError export.exists, export.not-writable
 */
export async function* writePerson(
  app: ServiceContext,
  person: Person,
  path: string,
): AsyncGenerator<Progress, WrittenPerson> {
  const { counts, pictures, about } = await openPersonArchive(app, person)
  const files = [path]
  let zip = await ZipFile.create(path)
  try {
    let done = 0
    for await (const { path: name, bytes } of pictures) {
      if (zip.size + bytes.length > MAX_BYTES) {
        await zip.end()
        const next = path.replace(/(\.zip)?$/i, `-${files.length + 1}.zip`)
        zip = await ZipFile.create(next)
        files.push(next)
      }
      await zip.add(name, bytes)
      yield pictureProgress(++done, counts.examples)
    }
    await zip.add('my-data.json', about())
  } finally {
    await zip.end()
  }
  return { ...counts, files }
}

class ZipFile {
  private readonly file: FileHandle
  private readonly chunks: Uint8Array[] = []
  private readonly zip = new StoredZip((chunk) => this.chunks.push(chunk))

  private constructor(file: FileHandle) {
    this.file = file
  }

  static async create(path: string): Promise<ZipFile> {
    return new ZipFile(await createFile(path))
  }

  get size(): number {
    return this.zip.size
  }

  async add(path: string, bytes: Uint8Array): Promise<void> {
    this.zip.add(path, bytes)
    await this.flush()
  }

  async end(): Promise<void> {
    this.zip.end()
    await this.flush()
    await this.file.close()
  }

  private async flush(): Promise<void> {
    for (const chunk of this.chunks.splice(0)) await this.file.writeFile(chunk)
  }
}
