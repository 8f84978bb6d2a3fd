import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Tile } from '../../charts/gallery.ts'
import { paint } from '../../workers/paint.ts'

/** Pictures with words below them as one file that a person can open. @returns its path */
export async function writePicture(gallery: Tile[]): Promise<string> {
  const [painting] = await paint({ gallery })
  const file = join(await mkdtemp(join(tmpdir(), 'mekiki-')), painting!.name)
  await writeFile(file, painting!.bytes)
  return file
}
