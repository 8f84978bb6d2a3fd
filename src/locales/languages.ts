import { english } from './en/en.ts'
import { japanese } from './ja/ja.ts'
import type { Language } from './language.ts'
import type { Markup } from './markup.ts'
import type { Words } from './words.ts'

/** Every language, as a front end writes it. */
export const openLanguages = (markup: Markup): Record<Language, Words> => ({
  en: english(markup),
  ja: japanese(markup),
})
