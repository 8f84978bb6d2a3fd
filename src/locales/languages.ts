import { english } from './en/en.ts'
import { japanese } from './ja/ja.ts'
import type { Markup } from './markup.ts'
import type { Words } from './words.ts'

/** Every language, by its ISO 639 code, as a front end writes it. */
export const openLanguages = (markup: Markup): { en: Words; ja: Words } => ({
  en: english(markup),
  ja: japanese(markup),
})
