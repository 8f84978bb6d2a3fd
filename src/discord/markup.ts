import { channelMention, escapeMarkdown, roleMention, TimestampStyles, time, userMention } from 'discord.js'
import { bar } from '../locales/format.ts'
import type { Markup } from '../locales/markup.ts'
import { codePoints, cutText } from './cut-text.ts'

const SNOWFLAKE = /^\d{15,20}$/
const ZERO_WIDTH_SPACE = '\u200b'
const ESCAPED = { heading: true, bulletedList: true, numberedList: true, maskedLink: true }

function escapeText(text: string, max = 100): string {
  return escapeMarkdown(cutText(text, max, codePoints).replace(/\s+/g, ' '), ESCAPED)
    .replace(/^[>-]/, (c) => `\\${c}`)
    .replace(/[<@]/g, (c) => c + ZERO_WIDTH_SPACE)
}

/** How Discord writes what people wrote, and whom, where and when a text is about. */
export const discordMarkup: Markup = {
  text: escapeText,
  name: (text) => `**${escapeText(text)}**`,
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text}\``,
  command: ({ name, shown = name, id }) => (id ? `</${shown}:${id}>` : `\`/${shown}\``),
  file: () => '',
  technical: () => '',
  bar,
  hasButtons: true,
  digits: 0,
  person: (id) => (SNOWFLAKE.test(id) ? userMention(id) : escapeText(id)),
  channel: channelMention,
  role: roleMention,
  moment: (iso) => time(Math.floor(Date.parse(iso) / 1000), TimestampStyles.RelativeTime),
}
