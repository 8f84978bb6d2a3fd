import type { Result } from '../../commands/define.ts'
import { toneOf } from '../../commands/tone.ts'
import { type Answer, lineText, type Section } from '../../locales/answer.ts'
import type { Words } from '../../locales/words.ts'
import type { BotContext } from '../context.ts'
import { groupedChoiceRows } from '../interactions/choice-rows.ts'
import { withButtons } from './button-rows.ts'
import { type CardMessage, layOut, type Picture, type Row, toMessage } from './card.ts'
import { detailsButton } from './details.ts'
import { toPages } from './pages.ts'
import { drawPictures, thumbnailOf } from './pictures.ts'

/** Results that get a card each, with a colour of its own; more share one. */
const MAX_CARDS = 5
/** Characters of all of them: Discord takes 4,000 a message. */
const MAX_LENGTH = 3_800
/** Pictures in a gallery, and files of a message: Discord's limit. */
const MAX_PICTURES = 10

type How = { words: Words; answers: Answer[] }

/** Several results of one command as one message, numbered. */
export async function renderSeveral(bot: BotContext, results: Result[], { words, answers }: How): Promise<CardMessage> {
  const texts = answers.map(({ headline, lines = [] }, i) =>
    [`**${i + 1}.** ${headline}`, ...lines.map(lineText)].filter(Boolean).join('\n'),
  )
  const pictures: Picture[][] = []
  for (const [i, result] of results.entries()) pictures.push(await drawPictures(bot, result, { words, number: i + 1 }))
  const length = texts.join('').length
  const others = answers.flatMap(sectionsOf)
  const named = results.map((result, i) => ({ name: `${i + 1}. ${nameOf(result)}`, choices: result.choices ?? [] }))
  const rows = await groupedChoiceRows(bot.app, named, words)
  if (results.length <= MAX_CARDS && length <= MAX_LENGTH) {
    const thumbnails = results.map((result, i) => thumbnailOf(result, i + 1))
    const cards = results.map((result, i) => {
      const [text, drawn, thumbnail] = [texts[i] ?? '', pictures[i] ?? [], thumbnails[i]]
      return layOut({ tone: toneOf(result), texts: [text], thumbnail, pictures: drawn })
    })
    const attached = [...pictures.flat(), ...thumbnails.filter((picture) => picture !== undefined)]
    return toMessage([...cards, ...rows, ...(await rest(bot, { others, words }))], attached)
  }
  const shown = countFitting(texts)
  const unsaid = texts.slice(shown).map((text) => ({ lines: text.split('\n') }))
  const few = pictures.flat().slice(0, MAX_PICTURES)
  const all = layOut({ tone: 'neutral', texts: [texts.slice(0, shown).join('\n\n')], pictures: few, rows })
  return toMessage([all, ...(await rest(bot, { others: [...unsaid, ...others], words }))], few)
}

/** What a list calls one of several answers. */
const nameOf = ({ key, values }: Result): string =>
  key === 'predicted' && 'label' in values ? (values.label ?? '?') : ''

const sectionsOf = ({ headline, sections = [] }: Answer, i: number): Section[] =>
  sections.length === 0 ? [] : [{ lines: [`**${i + 1}.** ${headline}`] }, ...sections]

/** How many texts fit into one message. */
function countFitting(texts: string[]): number {
  let length = 0
  const tooMany = texts.findIndex((text) => {
    length += text.length + '\n\n'.length
    return length > MAX_LENGTH
  })
  return tooMany < 0 ? texts.length : Math.max(1, tooMany)
}

async function rest({ app }: BotContext, { others, words }: { others: Section[]; words: Words }): Promise<Row[]> {
  if (others.length === 0) return []
  const pages = toPages({ headline: words.details, sections: others }).map((page) => page.texts)
  return withButtons([], [await detailsButton(app, pages, words)])
}
