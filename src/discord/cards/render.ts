import type { Result } from '../../commands/define.ts'
import { toneOf } from '../../commands/tone.ts'
import { type Answer, answerText, toAnswer, withLine } from '../../locales/answer.ts'
import type { Words } from '../../locales/words.ts'
import type { BotContext } from '../context.ts'
import { choiceRows } from '../interactions/choice-rows.ts'
import { encodePageIds } from '../interactions/custom-id.ts'
import { withButtons } from './button-rows.ts'
import { type CardMessage, layOut, type Row, toMessage } from './card.ts'
import { detailsButton } from './details.ts'
import { neighbours, type Position, pageRow } from './page-row.ts'
import { type Page, toPages } from './pages.ts'
import { drawPictures, thumbnailOf } from './pictures.ts'
import { renderSeveral } from './several.ts'
import { withCharts } from './with-charts.ts'

/** Characters of a list's page: Discord takes 4,000 a message. */
const MAX_LENGTH = 3_500

type How = { words: Words; page?: number | undefined }

/** All results of one command as one message. */
export const render = (bot: BotContext, results: Result[], words: Words): Promise<CardMessage> =>
  renderPage(bot, results, { words })

/** The same, on another page than the first. */
export async function renderPage(bot: BotContext, results: Result[], { words, page = 1 }: How): Promise<CardMessage> {
  const answers = results.map((result) => answerOf(bot, result, words))
  const [result] = results
  const [answer] = answers
  if (!result || answers.map(answerText).join('') === '')
    throw new Error(`There is nothing to say about ${results.map((r) => r.key).join() || 'no result'}`)
  if (!answer || answers.length > 1) return renderSeveral(bot, results, { words, answers })
  return renderOne(bot, result, { words, page, answer })
}

/** What results say, without pictures and buttons. */
export const textOf = (results: Result[], words: Words): string =>
  results.map((result) => answerText(wordsOf(result, words))).join('\n\n')

function wordsOf({ key, values }: Result, words: Words): Answer {
  if (!(key in words.results)) throw new Error(`There are no words for ${key}`)
  // A result's key and its values belong together; the type of an indexed union cannot say so.
  const write = words.results[key as keyof Words['results']] as (values: Result['values']) => Answer | string
  return toAnswer(write(values))
}

/** With what is missing if channels are to be watched and their posts arrive empty. */
function answerOf({ seesContent }: BotContext, result: Result, words: Words): Answer {
  const answer = wordsOf(result, words)
  const { key, values } = result
  const { hidden = 0, unreadable = 0 } = result
  if (unreadable > 0) return withLine(answer, words.unreadable(unreadable))
  if (hidden > 0) return withLine(answer, words.hidden(hidden))
  const isBlind = key === 'settings' && values.settings.watched.length > 0 && !seesContent
  return isBlind ? { ...answer, lines: [...(answer.lines ?? []), words.noContent] } : answer
}

async function renderOne(
  bot: BotContext,
  result: Result,
  { words, page, answer }: { words: Words; page: number; answer: Answer },
): Promise<CardMessage> {
  const { again, choices = [], files = [] } = result
  // What pictures show is said beside them. A page of a longer list is one here, too, however long its rows are.
  const hasDetails = !again && !result.gallery?.length
  const written = toPages(answer, { hasDetails, ...(result.page && { length: MAX_LENGTH }) })
  const pages = result.key === 'stats' ? withCharts(written, result.values, words) : written
  const position = result.page ?? { number: Math.min(page, pages.length), of: pages.length }
  const shown = pages[result.page ? 0 : position.number - 1] ?? { texts: [] }
  const pictures = await drawPictures(bot, result, { words, charts: shown.chart ? [shown.chart] : [] })
  const turning = { again, isListPage: result.page !== undefined, pages, position, words }
  const rows = await withTurning(bot, await choiceRows(bot.app, choices, words), turning)
  const thumbnail = thumbnailOf(result)
  const parts = { tone: toneOf(result), texts: shown.texts, thumbnail, pictures, files, rows }
  return toMessage([layOut(parts)], [...(thumbnail ? [thumbnail] : []), ...pictures, ...files])
}

/** `isListPage`: what is shown is one page of a longer list, and other pages are asked for. */
type Turning = { again: Result['again']; isListPage: boolean; pages: Page[]; position: Position; words: Words }

/** How other pages are reached: by asking again where that can be done, and as details that are kept otherwise. */
async function withTurning({ app }: BotContext, rows: Row[], turning: Turning): Promise<Row[]> {
  const { again, isListPage, pages, position, words } = turning
  if (position.of <= 1 && pages.length <= 1) return rows
  const turned = again ? [pageRow(position, await encodePageIds(app, again, neighbours(position)))] : []
  if (again && !isListPage) return [...rows, ...turned]
  const others = pages.slice(1).map((page) => page.texts)
  if (others.length === 0) return [...rows, ...turned]
  return [...withButtons(rows, [await detailsButton(app, others, words)]), ...turned]
}
