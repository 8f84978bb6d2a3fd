import { AttachmentBuilder, type BaseMessageOptions } from 'discord.js'
import type { Answer } from '../commands/define.ts'
import { UserError } from '../errors.ts'
import { strip } from '../images/thumbnail-strip.ts'
import { shown } from '../locales/text.ts'
import type { Words } from '../locales/words.ts'
import { paint } from '../workers/charts/render.ts'
import type { Door } from './context.ts'
import { toLists, toRows } from './interactions/components.ts'

/** Of a message's text, in characters; of an embed's. */
const LONGEST = 2000
const LONGEST_EMBED = 4096
/** Rows of one message. */
const ROWS = 5

type Message = Required<Pick<BaseMessageOptions, 'content' | 'components' | 'files' | 'embeds'>>
const message = (content: string): Message => ({ content, components: [], files: [], embeds: [] })

/** All answers of one call as one message. */
export async function render(door: Door, answers: Answer[], words: Words): Promise<Message> {
  const { app } = door
  const texts = answers.map((a) => say(a, words) + addition(door, a, words))
  const isOne = answers.length === 1
  const made = fit(isOne ? texts[0]! : texts.map((text, i) => `**${i + 1}.** ${text}`).join('\n\n'))
  const lists = answers.map((a, i) => ({
    name: `${i + 1}. ${a.key === 'predicted' && 'label' in a.values ? (a.values.label ?? '?') : ''}`,
    choices: a.choices ?? [],
  }))
  const rows = isOne ? await toRows(app, answers[0]!.choices ?? [], words) : await toLists(app, lists, words)
  const files = await Promise.all(answers.map((a) => draw(a, words)))
  return { ...made, components: rows.slice(0, ROWS), files: files.flat() }
}

function say({ key, values }: Answer, words: Words): string {
  const write = words.answers[key as keyof Words['answers']] as ((values: unknown) => string) | undefined
  if (!write) throw new Error(`A chat has no words for ${key}`)
  return write(values)
}

/** What is missing where channels are to be watched, and their posts cannot be seen. */
function addition({ seesContent }: Door, { key, values }: Answer, words: Words): string {
  return key === 'settings' && values.settings.watched.length > 0 && !seesContent ? `\n${words.noContent}` : ''
}

/** As text, or as an embed where that is too long, or cut where even that is. */
function fit(text: string): Message {
  if (text.length <= LONGEST) return message(text)
  const cut = text.length <= LONGEST_EMBED ? text : `${text.slice(0, text.lastIndexOf('\n', LONGEST_EMBED - 2))}\n…`
  return { ...message(''), embeds: [{ description: cut }] }
}

async function draw(answer: Answer, words: Words): Promise<AttachmentBuilder[]> {
  const { strip: copies, gallery, files = [] } = answer
  const charts = answer.key === 'stats' ? await paint({ stats: answer.values, words: words.charts }) : []
  if (gallery?.length) charts.push(...(await paint({ gallery })))
  const given = [...charts, ...files].map(({ name, bytes }) => new AttachmentBuilder(Buffer.from(bytes), { name }))
  if (!copies?.length) return given
  return [new AttachmentBuilder(await strip(copies), { name: 'filed.jpg' }), ...given]
}

/** A person's mistake in their language; undefined: it is none. */
export function sayMistake(error: unknown, words: Words): string | undefined {
  if (!(error instanceof UserError)) return undefined
  const text = words.errors[error.code]
  return typeof text === 'function' ? text(error.values) : (text ?? shown(error.message, 300))
}
