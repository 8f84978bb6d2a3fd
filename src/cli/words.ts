import type { Language } from '../locales/language.ts'
import type { Words } from '../locales/words.ts'
import { terminalMarkup } from './markup.ts'
import type { Where } from './render/hint.ts'

/** The words of one language for a terminal; the other one is not loaded. @param where what a command is about, and so what it suggests to type */
export async function loadWords(language: Language, where: Where): Promise<Words> {
  if (language === 'ja') {
    const { japanese } = await import('../locales/ja/ja.ts')
    return japanese(terminalMarkup(where, 'ja'))
  }
  const { english } = await import('../locales/en/en.ts')
  return english(terminalMarkup(where, 'en-GB'))
}
