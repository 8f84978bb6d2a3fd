import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Result } from '../commands/define.ts'
import { UserError } from '../errors.ts'
import type { Words } from '../locales/words.ts'
import { renderCharts } from '../workers/charts/render.ts'
import { plain } from './render/format.ts'

/** In the working directory: pictures of a result that a person can open. Each run overwrites those of the one before. */
export const CHARTS_FOLDER = 'mekiki-charts'

/** Paths of what was drawn: one picture of similar examples, or several charts. */
type Written = { picture?: string; charts?: string[] }

export class PictureFiles {
  /** Galleries that this run has written. */
  private galleries = 0
  private readonly withCharts: boolean
  private readonly words: Words
  private hasWarned = false

  /** @param withCharts whether the charts of statistics were asked for */
  constructor({ withCharts, words }: { withCharts: boolean; words: Words }) {
    this.withCharts = withCharts
    this.words = words
  }

  /** Writes what there is to look at in a result. What cannot be drawn or written costs the picture, not the answer. */
  async write(result: Result): Promise<Written> {
    try {
      return await this.draw(result)
    } catch (error) {
      this.warn(error)
      return {}
    }
  }

  /** Says once, on stderr, that there is no picture. */
  warn(error: unknown): void {
    if (!this.hasWarned) process.stderr.write(`${this.words.terminal.withoutPicture(plain(reasonOf(error)))}\n`)
    this.hasWarned = true
  }

  private async draw(result: Result): Promise<Written> {
    if (result.gallery?.length) return this.writeGallery(result.gallery)
    if (this.withCharts && result.key === 'stats') {
      const charts = await renderCharts({ stats: result.values, words: this.words.charts })
      return { charts: await Promise.all(charts.map(({ name, bytes }) => writeInto(CHARTS_FOLDER, name, bytes))) }
    }
    return {}
  }

  private async writeGallery(gallery: NonNullable<Result['gallery']>): Promise<Written> {
    if (this.galleries === 0) await removeGalleries()
    this.galleries++
    const name = this.galleries === 1 ? 'similar.png' : `similar-${this.galleries}.png`
    const [drawn] = await renderCharts({ gallery })
    return drawn ? { picture: await writeInto(CHARTS_FOLDER, name, drawn.bytes) } : {}
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function removeGalleries(): Promise<void> {
  const names = await readdir(CHARTS_FOLDER).catch(() => [])
  for (const name of names) if (/^similar(-\d+)?\.png$/.test(name)) await rm(join(CHARTS_FOLDER, name))
}

async function writeInto(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const file = resolve(folder, name)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(file, bytes)
  } catch (error) {
    throw new UserError('file.not-writable', `Expected a folder to draw into, cannot write ${file}: ${error}`)
  }
  return file
}
