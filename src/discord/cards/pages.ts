import type { ChartName } from '../../charts/stats-data.ts'
import { type Answer, lineText, type Section } from '../../locales/answer.ts'

/** Characters of a page that are read at ease; Discord would take more than twice as many. */
const PAGE_LENGTH = 1_500
/** How Discord is told to write a line in small letters. */
const SMALL = '-# '
/** A headline that is longer is no heading. */
const MAX_HEADING = 80
/** Sections of no more than so many lines and characters stand on the card itself where the others are details. */
const SHORT = { lines: 3, characters: 300 }

/** `texts`: the headline with its lines, then what the sections say. `chart`: the one that belongs beside them. */
export type Page = { texts: string[]; chart?: ChartName }

type Options = {
  /** Sections begin on the second page, unless they are short. */
  hasDetails?: boolean
  length?: number
}

/** All of an answer, cut between lines into pages that each begin with its headline. */
export function toPages(answer: Answer, { hasDetails = false, length = PAGE_LENGTH }: Options = {}): Page[] {
  const { before = [], headline, lines = [], sections = [] } = answer
  const [first = '', ...rest] = splitLine(headline, length / 2)
  const above = before.map(lineText).filter(Boolean)
  const pages = new PageWriter(heading(first), { length, above: above.map((line) => `${SMALL}${line}`) })
  for (const line of [...rest, ...lines.map(lineText)]) if (line) pages.addLine(line)
  if (hasDetails && sections.length > 0 && !isShort(answer)) pages.turn()
  for (const section of sections) pages.addSection(section)
  return pages.written
}

const heading = (headline: string): string => (headline.length <= MAX_HEADING ? `### ${headline}` : headline)

function isShort({ lines = [], sections = [] }: Answer): boolean {
  const texts = [...lines.map(lineText), ...sections.flatMap(sectionLines)].filter(Boolean)
  return texts.length <= SHORT.lines && texts.join('').length <= SHORT.characters
}

const sectionLines = ({ title, lines }: Section): string[] =>
  [title ? `**${title}**` : '', ...lines.map(lineText)].filter(Boolean)

class PageWriter {
  private readonly pages: { lead: string[]; sections: string[][]; chart?: ChartName }[] = []
  private readonly head: string
  private readonly length: number
  private used = 0

  /** @param above what stands above the headline, on the first page alone */
  constructor(head: string, { length, above }: { length: number; above: string[] }) {
    this.head = head
    this.length = length
    this.turn()
    this.page.lead.unshift(...above)
    this.used += above.reduce((sum, line) => sum + line.length + 1, 0)
  }

  get written(): Page[] {
    return this.pages.map(({ lead, sections, chart }) => {
      const below = sections.map((lines) => lines.join('\n')).join('\n\n')
      const texts = below === '' ? [lead.join('\n')] : [lead.join('\n'), below]
      return chart === undefined ? { texts } : { texts, chart }
    })
  }

  turn(): void {
    this.pages.push({ lead: [this.head], sections: [] })
    this.used = this.head.length
  }

  addLine(line: string): void {
    for (const part of splitLine(line, this.length / 2)) {
      if (!this.hasRoomFor(part.length)) this.turn()
      this.page.lead.push(part)
      this.used += part.length + 1
    }
  }

  /** In one piece where it fits on a page; its title stands above each part otherwise. */
  addSection(section: Section): void {
    const lines = sectionLines(section).flatMap((line) => splitLine(line, this.length / 2))
    const size = lines.reduce((sum, line) => sum + line.length + 1, 0)
    const { chart } = section
    const isTaken = chart !== undefined && (this.page.chart !== undefined || this.page.sections.length > 0)
    const wantsNew = !this.hasRoomFor(size) && this.page.sections.length > 0 && size <= this.length - this.head.length
    if (isTaken || wantsNew) this.turn()
    const title = section.title ? lines[0] : undefined
    // A title is never the last line of a page.
    if (!this.hasRoomFor((lines[0]?.length ?? 0) + (lines[1]?.length ?? 0) + 1)) this.turn()
    if (chart !== undefined) this.page.chart = chart
    this.page.sections.push([])
    for (const line of lines) {
      if (!this.hasRoomFor(line.length)) {
        this.turn()
        this.page.sections.push([])
        if (title !== undefined && line !== title) this.push(title)
      }
      this.push(line)
    }
  }

  private push(line: string): void {
    this.page.sections.at(-1)?.push(line)
    this.used += line.length + 1
  }

  private get page() {
    const page = this.pages.at(-1)
    if (!page) throw new Error('A writer of pages begins with one')
    return page
  }

  private hasRoomFor(characters: number): boolean {
    return this.used + characters < this.length
  }
}

/** A line in parts that each fit, cut between words. */
function splitLine(line: string, max: number): string[] {
  const parts: string[] = []
  let rest = line
  while (rest.length > max) {
    const space = rest.lastIndexOf(' ', max)
    // Without a space the cut falls between characters, never within one.
    const end = space > 0 ? space : lastBoundary(rest, max)
    parts.push(rest.slice(0, end))
    rest = rest.slice(end).trimStart()
  }
  return [...parts, rest]
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function lastBoundary(text: string, max: number): number {
  let end = 0
  for (const { index } of graphemes.segment(text.slice(0, max + 1))) if (index > 0 && index <= max) end = index
  return end > 0 ? end : max
}
