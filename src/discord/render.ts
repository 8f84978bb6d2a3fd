import { AttachmentBuilder, type BaseMessageOptions } from 'discord.js'
import type { Result } from '../commands/define.ts'
import { UserError } from '../errors.ts'
import { thumbnailStrip } from '../images/thumbnail-strip.ts'
import { shown } from '../locales/text.ts'
import type { Words } from '../locales/words.ts'
import { renderCharts } from '../workers/charts/render.ts'
import type { BotContext } from './context.ts'
import { choiceRows, groupedChoiceRows } from './interactions/components.ts'

/** Of a message's text, in characters; of an embed's. */
const LONGEST = 2000
const LONGEST_EMBED = 4096
/** Rows of one message. */
const ROWS = 5

type Message = Required<Pick<BaseMessageOptions, 'content' | 'components' | 'files' | 'embeds'>>
const message = (content: string): Message => ({ content, components: [], files: [], embeds: [] })

/** All answers of one call as one message. */
export async function render(bot: BotContext, results: Result[], words: Words): Promise<Message> {
  const { app } = bot
  const texts = results.map((a) => say(a, words) + addition(bot, a, words))
  const isOne = results.length === 1
  const made = fit(isOne ? texts[0]! : texts.map((text, i) => `**${i + 1}.** ${text}`).join('\n\n'))
  const lists = results.map((a, i) => ({
    name: `${i + 1}. ${a.key === 'predicted' && 'label' in a.values ? (a.values.label ?? '?') : ''}`,
    choices: a.choices ?? [],
  }))
  const rows = isOne
    ? await choiceRows(app, results[0]!.choices ?? [], words)
    : await groupedChoiceRows(app, lists, words)
  const files = await Promise.all(results.map((a) => draw(a, words)))
  return { ...made, components: rows.slice(0, ROWS), files: files.flat() }
}

function say({ key, values }: Result, words: Words): string {
  const write = words.results[key as keyof Words['results']] as ((values: unknown) => string) | undefined
  if (!write) throw new Error(`There are no words for ${key}`)
  return write(values)
}

/** What is missing where channels are to be watched, and their posts cannot be seen. */
function addition({ seesContent }: BotContext, { key, values }: Result, words: Words): string {
  return key === 'settings' && values.settings.watched.length > 0 && !seesContent ? `\n${words.noContent}` : ''
}

/** As text, or as an embed where that is too long, or cut where even that is. */
function fit(text: string): Message {
  if (text.length <= LONGEST) return message(text)
  const cut = text.length <= LONGEST_EMBED ? text : `${text.slice(0, text.lastIndexOf('\n', LONGEST_EMBED - 2))}\n…`
  return { ...message(''), embeds: [{ description: cut }] }
}

async function draw(result: Result, words: Words): Promise<AttachmentBuilder[]> {
  const { thumbnailStrip: copies, gallery, files = [] } = result
  const charts = result.key === 'stats' ? await renderCharts({ stats: result.values, words: words.charts }) : []
  if (gallery?.length) charts.push(...(await renderCharts({ gallery })))
  const given = [...charts, ...files].map(({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name }))
  if (!copies?.length) return given
  return [new AttachmentBuilder(await thumbnailStrip(copies), { name: 'filed.jpg' }), ...given]
}

/** A person's mistake in their language; undefined: it is none. */
export function describeUserError(error: unknown, words: Words): string | undefined {
  if (!(error instanceof UserError)) return undefined
  const text = words.errors[error.code]
  return typeof text === 'function' ? text(error.values) : (text ?? shown(error.message, 300))
}
