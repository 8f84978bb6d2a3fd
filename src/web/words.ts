import { login as english } from '../locales/en/web/login.ts'
import { login as japanese } from '../locales/ja/web/login.ts'
import type { Language } from '../locales/language.ts'
import { openLanguages } from '../locales/languages.ts'
import type { WebWords } from '../locales/web-words.ts'
import type { Words } from '../locales/words.ts'
import { webMarkup } from './markup.ts'

const languages = { en: openLanguages(webMarkup('en-GB')).en, ja: openLanguages(webMarkup('ja')).ja }

/** Everything that the page says of results and errors, in a language. */
export const wordsOf = (language: Language): Words => languages[language]

const LOGIN: Record<Language, WebWords['login']> = { en: english, ja: japanese }

/** What the page says to those who are not logged in yet. */
export const loginWords = (language: Language): WebWords['login'] => LOGIN[language]
