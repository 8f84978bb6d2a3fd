/** Several cells are columns in a terminal and one line with separators in a chat. */
export type Line = string | readonly string[]

export type Section = { title?: string; lines: readonly Line[] }

/** What one result says. Each front end lays it out in its own way; the texts are in its own markup. */
export type Answer = {
  /** What came of it, in one line. */
  headline: string
  /** Under the headline, at most three. Empty ones and `false` are left out. */
  lines?: readonly (Line | false)[]
  /** Everything else: pages to turn in a chat, paragraphs in a terminal, panels in a browser. */
  sections?: readonly Section[]
}

/** A text as an answer: its first line is the headline. */
export function toAnswer(said: Answer | string): Answer {
  if (typeof said !== 'string') return said
  const [headline = '', ...lines] = said.split('\n')
  return { headline, lines }
}

/** All of an answer as one text, a line each. */
export function answerText(said: Answer | string): string {
  const { headline, lines = [], sections = [] } = toAnswer(said)
  return [headline, ...lines.map(lineText), ...sections.map(sectionText)].filter(Boolean).join('\n')
}

const sectionText = ({ title, lines }: Section): string =>
  [title && `**${title}**`, ...lines.map(lineText)].filter(Boolean).join('\n')

const lineText = (line: Line | false): string =>
  line === false || typeof line === 'string' ? line || '' : line.join(' · ')
