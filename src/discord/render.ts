import { AttachmentBuilder, type BaseMessageOptions } from 'discord.js'
import type { Tile } from '../charts/gallery.ts'
import type { Result } from '../commands/define.ts'
import { SPOILER_PREFIX } from '../images/spoiler.ts'
import { thumbnailStrip } from '../images/thumbnail-strip.ts'
import { type Answer, answerText } from '../locales/answer.ts'
import type { Words } from '../locales/words.ts'
import { renderCharts } from '../workers/charts/render.ts'
import type { BotContext } from './context.ts'
import { cutText } from './cut-text.ts'
import { choiceRows, groupedChoiceRows } from './interactions/choice-rows.ts'

/** Discord's limits for a message: characters of its text and of an embed's, rows of buttons and lists. */
const MAX_CONTENT = 2000
const MAX_EMBED = 4096
const MAX_ROWS = 5

export type RenderedMessage = Required<Pick<BaseMessageOptions, 'content' | 'components' | 'files' | 'embeds'>>

/** All results of one command as one message. */
export async function render(bot: BotContext, results: Result[], words: Words): Promise<RenderedMessage> {
  const text = joinTexts(results.map((result) => textOfOne(result, words) + missingIntent(bot, result, words)))
  if (text === '') throw new Error(`There is nothing to say about ${results.map((r) => r.key).join() || 'no result'}`)
  const files = await Promise.all(results.map((result) => filesOf(bot, result, words)))
  const rows = await rowsOf(bot, results, words)
  return { ...fit(text), components: rows.slice(0, MAX_ROWS), files: files.flat() }
}

function rowsOf({ app }: BotContext, results: Result[], words: Words) {
  const [first, ...others] = results
  if (first && others.length === 0) return choiceRows(app, first.choices ?? [], words)
  const named = results.map((result, i) => ({ name: `${i + 1}. ${nameOf(result)}`, choices: result.choices ?? [] }))
  return groupedChoiceRows(app, named, words)
}

/** What a list calls one of several answers. */
const nameOf = ({ key, values }: Result): string =>
  key === 'predicted' && 'label' in values ? (values.label ?? '?') : ''

/** What results say, without pictures and buttons. */
export const textOf = (results: Result[], words: Words): string =>
  joinTexts(results.map((result) => textOfOne(result, words)))

function textOfOne({ key, values }: Result, words: Words): string {
  if (!(key in words.results)) throw new Error(`There are no words for ${key}`)
  // A result's key and its values belong together; the type of an indexed union cannot say so.
  const write = words.results[key as keyof Words['results']] as (values: Result['values']) => Answer | string
  return answerText(write(values))
}

/** Says what is missing if channels are to be watched and their posts arrive empty. */
function missingIntent({ seesContent }: BotContext, { key, values }: Result, words: Words): string {
  return key === 'settings' && values.settings.watched.length > 0 && !seesContent ? `\n${words.noContent}` : ''
}

const joinTexts = (texts: string[]): string =>
  texts.length === 1 ? texts.join('') : texts.map((text, i) => `**${i + 1}.** ${text}`).join('\n\n')

/** As text, as an embed if that is too long, or cut at the end of a line if even that is. */
function fit(text: string): Pick<RenderedMessage, 'content' | 'embeds'> {
  if (text.length <= MAX_CONTENT) return { content: text, embeds: [] }
  if (text.length <= MAX_EMBED) return { content: '', embeds: [{ description: text }] }
  const end = text.lastIndexOf('\n', MAX_EMBED - 2)
  const description = end > 0 ? `${text.slice(0, end)}\n…` : cutText(text, MAX_EMBED)
  return { content: '', embeds: [{ description }] }
}

type DrawnFile = { name: string; bytes: Uint8Array }

/** One picture for all: it stays covered if one of them must. */
async function drawGallery(gallery: Tile[]) {
  const hasSpoilers = gallery.some((tile) => tile.isSpoiler)
  return (await renderCharts({ gallery })).map(({ name, bytes }) => ({ name: cover(name, hasSpoilers), bytes }))
}

const cover = (name: string, isSpoiler = false): string => (isSpoiler ? SPOILER_PREFIX + name : name)

async function draw(result: Result, words: Words): Promise<DrawnFile[]> {
  const files: DrawnFile[] = []
  if (result.thumbnailStrip?.length)
    files.push({ name: cover('added.jpg', result.hasSpoilers), bytes: await thumbnailStrip(result.thumbnailStrip) })
  if (result.key === 'stats') files.push(...(await renderCharts({ stats: result.values, words: words.charts })))
  if (result.gallery?.length) files.push(...(await drawGallery(result.gallery)))
  return files
}

async function filesOf({ log }: BotContext, result: Result, words: Words): Promise<AttachmentBuilder[]> {
  const drawn = await draw(result, words).catch((error) => {
    // A picture costs no answer.
    log.warn({ err: error }, 'no picture could be drawn')
    return []
  })
  return [...drawn, ...(result.files ?? [])].map(
    ({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name }),
  )
}
