import { en } from './en.ts'
import { ja } from './ja.ts'
import type { Words } from './words.ts'

export const languages = { en, ja }
type Language = keyof typeof languages

/** A Discord locale's words: those of its language where there are any, English where not. */
export const wordsFor = (locale: string | null | undefined): Words =>
  languages[(locale ?? '').split('-')[0] as Language] ?? en
