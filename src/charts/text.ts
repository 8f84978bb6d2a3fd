import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from '@twemoji/parser'
import { COLORS } from './colors.ts'

/** A folder of drawings, one SVG each. */
export const EMOJI = join(
  dirname(createRequire(import.meta.url).resolve('@discordapp/twemoji/package.json')),
  'dist/svg',
)

/** Styles by name, as ECharts' rich text has them: `t` that of letters, and one for each emoji. */
export type RichStyles = Record<string, object>

type TextStyle = { size: number; color?: string }

const LINE_HEIGHT = 1.4
/** Braces and bars mark styles in ECharts' rich text. */
const MARKUP = new Map([
  ['{', '（'],
  ['}', '）'],
  ['|', '｜'],
])

/**
 * A text as ECharts' rich text with its emoji as pictures, which no font has to have. An emoji that is newer than the
 * pictures is left out. @param styles where the styles are added
 */
export function withEmoji(text: string, { size, color = COLORS.text }: TextStyle, styles: RichStyles): string {
  const plain = text.replace(/[{}|]/g, (mark) => MARKUP.get(mark) ?? mark)
  styles.t = { fontSize: size, lineHeight: size * LINE_HEIGHT, color }
  let at = 0
  let out = ''
  for (const { url, indices } of parse(plain, { buildUrl: (codepoints) => codepoints })) {
    const name = `e${url.replace(/\W/g, '_')}`
    const image = readEmoji(url)
    out += letters(plain.slice(at, indices[0]))
    at = indices[1]
    if (image === undefined) continue
    styles[name] = { width: size, height: size, backgroundColor: { image } }
    out += `{${name}| }`
  }
  return out + letters(plain.slice(at))
}

/** Outside of braces letters would not have the size that they are given. */
const letters = (text: string): string => (text === '' ? '' : `{t|${text}}`)

/** At most so many characters, emoji counted as one. */
export function shorten(text: string, longest: number): string {
  const parts = [...new Intl.Segmenter().segment(text)].map((s) => s.segment)
  return parts.length > longest ? `${parts.slice(0, longest - 1).join('')}…` : text
}

function readEmoji(codepoints: string): string | undefined {
  try {
    const svg = readFileSync(join(EMOJI, `${codepoints}.svg`))
    return `data:image/svg+xml;base64,${svg.toString('base64')}`
  } catch {
    return undefined
  }
}
