// Drawn characters of which some are under the wrong label, as people add them: what a review is for.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draw, TAUGHT } from '../../../demo/characters.ts'

type Drawn = { characters: number; each: number; wrong: number }

/** Folders of pictures by label, to be imported. @param how `wrong`: of each label so many pictures are of the next character */
export async function drawWithWrongLabels({ characters, each, wrong }: Drawn): Promise<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'mekiki-wrong-'))
  const names = TAUGHT.slice(0, characters)
  const work = names.flatMap((name, i) =>
    Array.from({ length: each }, (_, k) => {
      const label = k < wrong ? names[(i + 1 + (k % (characters - 1))) % characters]! : name
      return draw(join(folder, label), name, k)
    }),
  )
  await Promise.all(work)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
