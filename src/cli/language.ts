import { LANGUAGES, type Language } from '../locales/language.ts'
import { systemLanguage } from '../locales/system-language.ts'

/** The language of `--language`, else that of the settings or the system, if there is one; else English. */
export function languageOf(argv: readonly string[]): Language {
  const at = argv.findIndex((word) => /^--language(=|$)/.test(word))
  const asked = at < 0 ? undefined : (argv[at]?.split('=')[1] ?? argv[at + 1])
  // What is no language is refused when the command line is parsed.
  return LANGUAGES.find((language) => language === asked) ?? systemLanguage()
}
