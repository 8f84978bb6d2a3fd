import type { Language } from '../locales/language.ts'
import { openLanguages } from '../locales/languages.ts'
import type { Words } from '../locales/words.ts'
import type { Settings } from '../services/settings.ts'
import { discordMarkup } from './markup.ts'

export const languages = openLanguages(discordMarkup)

/** A Discord locale's language, whatever its region; English if there are no words in it. */
function languageOf(locale: string | null | undefined): Language {
  const [language = ''] = (locale ?? '').split('-')
  return language === 'ja' ? 'ja' : 'en'
}

/** The server's language if its managers chose one, otherwise the person's. */
export const languageIn = ({ language }: Settings, locale: string | null | undefined): Language =>
  languageOf(language === 'auto' ? locale : language)

export const wordsFor = (locale: string | null | undefined): Words => languages[languageOf(locale)]

export const wordsIn = (settings: Settings, locale: string | null | undefined): Words =>
  languages[languageIn(settings, locale)]
