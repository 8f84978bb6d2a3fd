// Discord's Markdown as HTML. Texts hold what strangers wrote: whatever is not marked up here is escaped.
import { escapeHtml, type Html } from '../../src/charts/html.ts'

/** Who and what mentions name, and when it is. Names are plain text. */
export type Names = {
  user(id: string): string | undefined
  role(id: string): string | undefined
  channel(id: string): string | undefined
  locale: string
  now: Date
}

type Rule = { pattern: RegExp; draw(match: RegExpExecArray, names: Names): Html }

/** Text up to the mark that ends it, in which a backslash hides the mark. */
const UP_TO = '((?:\\\\.|[^\\\\])+?)'
const around = (mark: string, tag: string, attributes = ''): Rule => ({
  pattern: new RegExp(`${mark}${UP_TO}${mark}`, 'suy'),
  draw: ([, inner = ''], names) => `<${tag}${attributes}>${drawInline(inner, names)}</${tag}>`,
})
const mention = (text: string): Html => `<span class="mention">${escapeHtml(text)}</span>`

const RULES: Rule[] = [
  { pattern: /\\([^\w\s])/uy, draw: ([, mark = '']) => escapeHtml(mark) },
  { pattern: /(`+)(.+?)\1(?!`)/suy, draw: ([, , code = '']) => `<code>${escapeHtml(code.trim())}</code>` },
  { pattern: /<@!?(\d+)>/y, draw: ([, id = ''], names) => mention(`@${names.user(id) ?? 'unknown-user'}`) },
  { pattern: /<@&(\d+)>/y, draw: ([, id = ''], names) => mention(`@${names.role(id) ?? 'unknown-role'}`) },
  { pattern: /<#(\d+)>/y, draw: ([, id = ''], names) => mention(`# ${names.channel(id) ?? 'unknown'}`) },
  { pattern: /<\/([^:>]+):\d+>/y, draw: ([, name = '']) => mention(`/${name}`) },
  { pattern: /<t:(-?\d+)(?::([tTdDfFR]))?>/y, draw: ([, at, style], names) => drawTime(Number(at), style, names) },
  { pattern: /<a?:(\w+):\d+>/y, draw: ([, name = '']) => escapeHtml(`:${name}:`) },
  {
    pattern: /\[((?:\\.|[^\]\\])+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/uy,
    draw: ([, text = '', url = ''], names) => `<a href="${escapeHtml(url)}">${drawInline(text, names)}</a>`,
  },
  {
    pattern: /<?(https?:\/\/[^\s<>]+[^\s<>.,:;!?)])>?/uy,
    draw: ([, url = '']) => `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`,
  },
  around('\\*\\*', 'strong'),
  around('__', 'u'),
  around('~~', 's'),
  around('\\|\\|', 'span', ' class="spoiler"'),
  around('\\*', 'em'),
  { ...around('_', 'em'), pattern: new RegExp(`(?<![\\p{L}\\p{N}])_${UP_TO}_(?![\\p{L}\\p{N}])`, 'suy') },
]

/** Texts within a line. */
export function drawInline(text: string, names: Names): Html {
  let html = ''
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const found = firstMatch(text, at)
    if (!found) {
      plain += text[at]
      at++
      continue
    }
    html += escapeHtml(plain) + found.rule.draw(found.match, names)
    plain = ''
    at += found.match[0].length
  }
  return html + escapeHtml(plain)
}

function firstMatch(text: string, at: number): { rule: Rule; match: RegExpExecArray } | undefined {
  for (const rule of RULES) {
    rule.pattern.lastIndex = at
    const match = rule.pattern.exec(text)
    if (match) return { rule, match }
  }
  return undefined
}

type Block = { pattern: RegExp; tag: string; within?: 'ul' | 'ol' }
const BLOCKS: Block[] = [
  { pattern: /^# +(.+)$/u, tag: 'h1' },
  { pattern: /^## +(.+)$/u, tag: 'h2' },
  { pattern: /^### +(.+)$/u, tag: 'h3' },
  { pattern: /^-# +(.+)$/u, tag: 'small' },
  { pattern: /^> +(.+)$/u, tag: 'blockquote' },
  { pattern: /^ *[-*] +(.+)$/u, tag: 'li', within: 'ul' },
  { pattern: /^ *\d+\. +(.+)$/u, tag: 'li', within: 'ol' },
]

/** A whole text. */
export function drawMarkdown(text: string, names: Names): Html {
  const [, before = '', code, after = ''] = /^(.*?)```(?:\w*\n)?(.+?)```\n?(.*)$/su.exec(text) ?? [undefined, text]
  const html = drawLines(before, names)
  if (code === undefined) return html
  return `${html}<pre>${escapeHtml(code.trimEnd())}</pre>${drawMarkdown(after, names)}`
}

function drawLines(text: string, names: Names): Html {
  let html = ''
  let open: string | undefined
  let isFirstOfText = true
  for (const line of text.split('\n')) {
    const block = BLOCKS.find(({ pattern }) => pattern.test(line))
    if (open !== block?.within) {
      html += `${open ? `</${open}>` : ''}${block?.within ? `<${block.within}>` : ''}`
      open = block?.within
    }
    if (block) {
      html += `<${block.tag}>${drawInline(block.pattern.exec(line)?.[1] ?? '', names)}</${block.tag}>`
      isFirstOfText = true
    } else {
      html += (isFirstOfText ? '' : '<br>') + drawInline(line, names)
      isFirstOfText = false
    }
  }
  return html + (open ? `</${open}>` : '')
}

const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
}
const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

function drawTime(seconds: number, style: string | undefined, { locale, now }: Names): Html {
  const written = style === 'R' ? relative(seconds - now.getTime() / 1000, locale) : absolute(seconds, style, locale)
  return `<span class="time">${escapeHtml(written)}</span>`
}

function relative(seconds: number, locale: string): string {
  const [unit, length] = UNITS.find(([, least]) => Math.abs(seconds) >= least) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(locale).format(Math.round(seconds / length), unit)
}

function absolute(seconds: number, style: string | undefined, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { ...STYLES[style ?? 'f'], timeZone: 'UTC' })
  return format.format(new Date(seconds * 1000))
}
