import { bar } from './format.ts'
import type { Markup } from './markup.ts'
import { momentIn } from './numbers.ts'

/** Texts without any markup, for pages that escape them. @param language of moments, as in `en-GB` */
export const plainMarkup = (language: string): Markup => ({
  text: (text) => text,
  name: (text) => text,
  bold: (text) => text,
  code: (text) => text,
  command: ({ name, shown = name, words = [] }) => [`/${shown}`, ...words].join(' '),
  file: (name) => name,
  technical: (message) => message,
  person: (id) => id,
  channel: (id) => `#${id}`,
  role: (id) => `@${id}`,
  moment: (iso) => momentIn(language, iso),
  bar,
  hasButtons: false,
  digits: 1,
})
