import { bar } from '../locales/format.ts'
import type { Call, Markup } from '../locales/markup.ts'
import { momentIn } from '../locales/numbers.ts'

const LONGEST_TEXT = 300
const DISCORD_ID = /^\d{15,20}$/

/** The page's own small Markdown: `**bold**`, code between backticks, `[text](page:name)`, `[id](person:id)`; a backslash takes a character as it is. */
const escapeText = (text: string, max = LONGEST_TEXT): string =>
  cut(text.replace(/\s+/g, ' '), max).replace(/[\\*`[\]()]/g, (character) => `\\${character}`)

function cut(text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}

/** The page where a command is, or the tab of the page *Manage*. */
const PAGES: Record<string, string> = {
  label: 'add',
  import: 'add',
  predict: 'try',
  train: 'model',
  stats: 'model',
  versions: 'model',
  rollback: 'model',
  suspects: 'review',
  review: 'review',
  report: 'review',
  labels: 'labels',
  relabel: 'gallery',
  unlabel: 'gallery',
  settings: 'settings',
  setup: 'settings',
  audit: 'audit',
  withdraw: 'people',
  'clean-up': 'people',
  backbone: 'backbones',
  datasets: 'datasets',
  export: 'data',
  forget: 'data',
  privacy: 'data',
  doctor: 'operator',
  backup: 'operator',
}

/** What Discord gave an id is called by its name once the page knows it. */
const named = (kind: string, id: string): string => (DISCORD_ID.test(id) ? `[${id}](${kind}:${id})` : escapeText(id))

const command = ({ name, shown = name }: Call): string =>
  PAGES[name] === undefined ? `\`${shown}\`` : `[${shown}](page:${PAGES[name]})`

/** How the page writes what people wrote, and what to do next. @param language for dates, as in `en-GB` */
export const webMarkup = (language: string): Markup => ({
  text: escapeText,
  name: (text) => `**${escapeText(text)}**`,
  bold: (text) => `**${text}**`,
  code: (text) => `\`${text}\``,
  command,
  file: (name) => escapeText(name),
  technical: (message) => escapeText(message),
  bar,
  hasButtons: true,
  digits: 1,
  person: (id) => named('person', id),
  channel: (id) => named('channel', id),
  role: (id) => named('role', id),
  moment: (iso) => momentIn(language, iso),
})
