import type { ChartName } from '../../charts/stats-data.ts'
import type { Result } from '../../commands/define.ts'
import { SPOILER_PREFIX } from '../../images/spoiler.ts'
import { thumbnailStrip } from '../../images/thumbnail-strip.ts'
import type { Words } from '../../locales/words.ts'
import { renderCharts } from '../../workers/charts/render.ts'
import type { BotContext } from '../context.ts'
import type { Picture } from './card.ts'

type Drawing = {
  words: Words
  /** Of the statistics, which are drawn where they are shown. */
  charts?: ChartName[]
  /** Set where several results are in one message, whose files need names of their own. */
  number?: number
}

/** What there is to look at in a result. A picture that cannot be drawn costs no answer. */
export async function drawPictures({ log }: BotContext, result: Result, drawing: Drawing): Promise<Picture[]> {
  const drawn = await draw(result, drawing).catch((error) => {
    log.warn({ err: error }, 'no picture could be drawn')
    return []
  })
  return drawn.map((picture) => withName(picture, drawing.number))
}

/** The picture that was asked about. */
export function thumbnailOf({ thumbnail }: Result, number?: number): Picture | undefined {
  return thumbnail && withName({ name: 'asked.webp', ...thumbnail }, number)
}

async function draw(result: Result, { words, charts = [] }: Drawing): Promise<Picture[]> {
  const { thumbnailStrip: copies = [], gallery = [], hasSpoilers = false } = result
  const pictures: Picture[] = []
  if (copies.length > 0)
    pictures.push({ name: 'added.webp', bytes: await thumbnailStrip(copies), isSpoiler: hasSpoilers })
  if (result.key === 'stats' && charts.length > 0) {
    const job = { stats: result.values, words: words.charts, only: charts, format: 'webp' } as const
    const images = await renderCharts(job)
    pictures.push(...images.map((image, i) => ({ ...image, description: words.charts[charts[i] ?? 'examples'] })))
  }
  if (gallery.length > 0) {
    // One picture for all: it stays covered if one of them must.
    const isSpoiler = gallery.some((tile) => tile.isSpoiler)
    const description = gallery.map((tile) => tile.caption).join(', ')
    const images = await renderCharts({ gallery, format: 'webp' })
    pictures.push(...images.map((image) => ({ ...image, isSpoiler, description })))
  }
  return pictures
}

function withName(picture: Picture, number?: number): Picture {
  const name = number === undefined ? picture.name : `${number}-${picture.name}`
  return { ...picture, name: picture.isSpoiler ? SPOILER_PREFIX + name : name }
}
