import type { ChartName } from '../charts/stats-data.ts'

/** Several cells are columns in a terminal and one line with separators in a chat. Empty ones are left out where there are no columns. */
export type Line = string | readonly string[]

/** `columns`: what cells are called, where there are columns. */
export type Section = {
  title?: string
  columns?: readonly string[]
  lines: readonly Line[]
  /** The chart of the statistics that belongs beside it, where a front end shows charts. */
  chart?: ChartName
}

/** What one result says. Each front end lays it out in its own way; the texts are in its own markup. */
export type Answer = {
  /** What came of what was done before; above the headline. */
  before?: readonly Line[]
  /** What came of it, in one line. */
  headline: string
  /** Under the headline, at most three. Empty ones and `false` are left out. */
  lines?: readonly (Line | false)[]
  /** Everything else: pages to turn in a chat, paragraphs in a terminal, panels in a browser. */
  sections?: readonly Section[]
  /** What to type next. Front ends with buttons leave it out: they have those of the result. */
  next?: readonly string[]
}

/** A text as an answer: its first line is the headline. */
export function toAnswer(said: Answer | string): Answer {
  if (typeof said !== 'string') return said
  const [headline = '', ...lines] = said.split('\n')
  return { headline, lines }
}

/** An answer with one more line under its headline. */
export const withLine = (said: Answer | string, line: string): Answer => {
  const answer = toAnswer(said)
  return { ...answer, lines: [...(answer.lines ?? []), line] }
}

/** All of an answer as one text, a line each. */
export function answerText(said: Answer | string): string {
  const { before = [], headline, lines = [], sections = [] } = toAnswer(said)
  return [...before.map(lineText), headline, ...lines.map(lineText), ...sections.map(sectionText)]
    .filter(Boolean)
    .join('\n')
}

const sectionText = ({ title, lines }: Section): string =>
  [title && `**${title}**`, ...lines.map(lineText)].filter(Boolean).join('\n')

/** A line without columns. */
export const lineText = (line: Line | false): string =>
  line === false || typeof line === 'string' ? line || '' : line.filter(Boolean).join(' · ')
