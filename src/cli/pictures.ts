import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Result } from '../commands/define.ts'
import { renderCharts } from '../workers/charts/render.ts'

const WORDS = {
  examples: 'Pictures a label',
  confusion: 'Rows: what it is · columns: what it was taken for',
  accuracy: 'Accuracy over versions',
  learning: 'Accuracy by pictures a label',
}

/** What there is to look at in an answer, as files that a person can open. @returns their paths: of one, of many */
export async function writePictures(
  result: Result,
  withCharts: boolean,
): Promise<{ picture?: string; charts?: string[] }> {
  if (result.gallery?.length) return { picture: (await write({ gallery: result.gallery }))[0]! }
  if (withCharts && result.key === 'stats') return { charts: await write({ stats: result.values, words: WORDS }) }
  return {}
}

async function write(sitting: Parameters<typeof renderCharts>[0]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'mekiki-'))
  const paintings = await renderCharts(sitting)
  for (const { name, bytes } of paintings) await writeFile(join(folder, name), bytes)
  return paintings.map((p) => join(folder, p.name))
}
