import type { Language } from '../../../locales/language.ts'
import type { WebWords } from '../../../locales/web-words.ts'
import { signal } from './html.ts'
import { remember, remembered } from './storage.ts'

/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ja: '日本語' }

const CATALOGUES: Record<Language, () => Promise<{ default: WebWords }>> = {
  en: () => import('../../../locales/en/web/index.ts'),
  ja: () => import('../../../locales/ja/web/index.ts'),
}
/** As dates and numbers are written. */
const FORMATS: Record<Language, string> = { en: 'en-GB', ja: 'ja-JP' }

export const isLanguage = (text: string | undefined): text is Language => text !== undefined && text in CATALOGUES

/** What somebody chose, or else what the server said, or the browser. */
export const language = signal<Language>(preferred())
const catalogue = signal<WebWords | undefined>(undefined)

function preferred(): Language {
  const wanted = [remembered('language'), document.documentElement.lang, ...navigator.languages]
  return wanted.map((each) => each?.slice(0, 2)).find(isLanguage) ?? 'en'
}

/** Everything that the page says itself, in the visitor's language. Only after `loadWords`. */
export function words(): WebWords {
  if (!catalogue.value) throw new Error('Expected the words of the page to be loaded before they are shown')
  return catalogue.value
}

export async function loadWords(wanted: Language = language.value): Promise<void> {
  const loaded = await CATALOGUES[wanted]()
  language.value = wanted
  catalogue.value = loaded.default
  document.documentElement.lang = wanted
}

export async function chooseLanguage(wanted: Language): Promise<void> {
  remember('language', wanted)
  await loadWords(wanted)
}

export const formatNumber = (value: number, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(FORMATS[language.value], options).format(value)

/** As answers write it. @param share from 0 to 1 */
export const formatPercent = (share: number, digits = 0): string =>
  words().shell.percent(formatNumber(100 * share, { maximumFractionDigits: digits }))

/** A moment to the minute, as the clock of this machine has it. @param iso a time in ISO 8601 */
export const formatDate = (
  iso: string,
  options: Intl.DateTimeFormatOptions = { dateStyle: 'medium', timeStyle: 'short' },
): string => new Intl.DateTimeFormat(FORMATS[language.value], options).format(new Date(iso))
