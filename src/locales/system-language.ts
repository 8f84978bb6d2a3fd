import { config } from '../config.ts'
import { LANGUAGES, type Language } from './language.ts'

/** The language that the system is set to, as in `ja_JP.UTF-8`; English if there are no words in it. */
export function systemLanguage(): Language {
  const [code = ''] = config.language.toLowerCase().split(/[_.@-]/)
  return LANGUAGES.find((language) => language === code) ?? 'en'
}
