import { openLanguages } from '../locales/languages.ts'
import type { Words } from '../locales/words.ts'
import type { Settings } from '../services/settings.ts'
import { discordMarkup } from './markup.ts'

export const languages = openLanguages(discordMarkup)

/** The words of a Discord locale's language, whatever its region; English if there are none. */
export function wordsFor(locale: string | null | undefined): Words {
  const [language = ''] = (locale ?? '').split('-')
  return language === 'ja' ? languages.ja : languages.en
}

/** In the server's language if its managers chose one, otherwise in the person's. */
export const wordsIn = ({ language }: Settings, locale: string | null | undefined): Words =>
  wordsFor(language === 'auto' ? locale : language)
