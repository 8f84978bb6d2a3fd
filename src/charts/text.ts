import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from '@twemoji/parser'

/** Colours of a chart, readable on light and on dark around it. */
export const INK = {
  background: '#1e1f22',
  text: '#dbdee1',
  faint: '#4e5058',
  quiet: '#949ba4',
  line: '#5865f2',
  good: '#57f287',
}

/** A folder of drawings, one SVG each. */
export const EMOJI = join(
  dirname(createRequire(import.meta.url).resolve('@discordapp/twemoji/package.json')),
  'dist/svg',
)

/** Pieces of texts that a chart's text engine takes: emoji are pictures among the letters. */
export type Rich = Record<string, object>

/** A text with its emoji as pictures, which no font has to have. @param rich where the pictures are put, by name */
export function withEmoji(text: string, size: number, rich: Rich): string {
  // Braces and bars are the text engine's own marks.
  const plain = text.replace(/[{}|]/g, (c) => ({ '{': '（', '}': '）', '|': '｜' })[c]!)
  rich.t = { fontSize: size, lineHeight: size * 1.4, color: INK.text }
  let at = 0
  let out = ''
  for (const { url, indices } of parse(plain, { buildUrl: (codepoints) => codepoints })) {
    const name = `e${url.replace(/\W/g, '_')}`
    const image = picture(url)
    out += letters(plain.slice(at, indices[0]))
    at = indices[1]
    if (image === undefined) continue
    rich[name] = { width: size, height: size, backgroundColor: { image } }
    out += `{${name}| }`
  }
  return out + letters(plain.slice(at))
}

// Outside of braces letters would not have the size that they are given.
const letters = (text: string): string => (text === '' ? '' : `{t|${text}}`)

/** At most so many characters, emoji counted as one. */
export function shorten(text: string, longest: number): string {
  const parts = [...new Intl.Segmenter().segment(text)].map((s) => s.segment)
  return parts.length > longest ? `${parts.slice(0, longest - 1).join('')}…` : text
}

function picture(codepoints: string): string | undefined {
  try {
    return `data:image/svg+xml;base64,${readFileSync(join(EMOJI, `${codepoints}.svg`)).toString('base64')}`
  } catch {
    return undefined // newer than the pictures
  }
}
