import { escapeHtml, type Fold, folded, type Html, image, section, table } from './html.ts'
import { learningCurve } from './report-curve.ts'
import { FACTS, type ReportData, type ReportWords } from './report-data.ts'
import { REPORT_STYLE } from './report-style.ts'

/** Of long lists, what is not folded away. */
const OPEN_PICTURES = 24
const OPEN_ROWS = 20

/** A page that needs nothing else: no script, no file, no address. Readable on a phone, in light and in dark. */
export function drawReportPage(data: ReportData, words: ReportWords): Html {
  const { suspects, conflicts, confusions } = data
  const { sections, mostSuspect, mostFrequent } = words
  const title = escapeHtml(words.title)
  const aboutSuspects = cutOr(suspects, mostSuspect, sections.suspects.about)
  const aboutConfusions = cutOr(confusions, mostFrequent, sections.confusions.about)
  return `<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';img-src data:;style-src 'unsafe-inline'">
<title>${title}</title><style>${REPORT_STYLE}</style></head><body>
<h1>${title}</h1><p>${escapeHtml(data.madeAt)}</p>
${facts(data, words)}
${section(sections.suspects.title, aboutSuspects, grid(suspects.shown, words))}
${section(sections.conflicts.title, sections.conflicts.about, grid(conflicts, words))}
${section(sections.labels.title, sections.labels.about, labelTable(data, words))}
${section(sections.confusions.title, aboutConfusions, confusionTable(data, words))}
${section(sections.curve.title, sections.curve.about, learningCurve(data.curve, words.percent))}
${section(sections.teachers.title, sections.teachers.about, teacherTable(data, words))}
</body></html>
`
}

/** What is said about a list; also that it is cut, where it is. */
function cutOr(
  { shown, of }: { shown: unknown[]; of: number },
  saysCut: (shown: number, of: number) => string,
  about: string,
): string {
  return shown.length < of ? `${about} ${saysCut(shown.length, of)}` : about
}

function facts({ facts }: ReportData, words: ReportWords): Html {
  const items = FACTS.map((fact) => {
    const mark = fact === 'suspects' && facts.suspects !== words.number(0) ? ' class="bad"' : ''
    return `<div><dt>${escapeHtml(words.facts[fact])}</dt><dd${mark}>${escapeHtml(facts[fact])}</dd></div>`
  })
  return `<dl>${items.join('')}</dl>`
}

const foldOf = (open: number, { more }: ReportWords): Fold => ({ open, more })

function labelTable({ labels }: ReportData, words: ReportWords): Html {
  const { columns: headings, number } = words
  const most = Math.max(1, ...labels.map((l) => l.examples))
  const columns = [
    { heading: headings.label },
    { heading: headings.examples, isNumber: true },
    { heading: headings.suspect, isNumber: true },
  ]
  return folded(labels, foldOf(OPEN_ROWS, words), (some) => {
    const rows = some.map(({ label, examples, suspects }) => [
      `${escapeHtml(label)}<div class="bar" style="width:${((100 * examples) / most).toFixed(1)}%"></div>`,
      escapeHtml(number(examples)),
      suspects > 0 ? `<span class="bad">${escapeHtml(number(suspects))}</span>` : escapeHtml(number(0)),
    ])
    return table(columns, rows)
  })
}

function confusionTable({ confusions }: ReportData, words: ReportWords): Html {
  const { columns: headings, number } = words
  const columns = [
    { heading: headings.label },
    { heading: headings.takenFor },
    { heading: headings.times, isNumber: true },
  ]
  const rows = confusions.shown.map((c) => [escapeHtml(c.label), escapeHtml(c.takenFor), escapeHtml(number(c.count))])
  return table(columns, rows)
}

function teacherTable({ teachers }: ReportData, words: ReportWords): Html {
  const { columns: headings, contradictsOthers, number, percent } = words
  const columns = [
    { heading: headings.teacher },
    { heading: headings.examples, isNumber: true },
    { heading: headings.suspect, isNumber: true },
  ]
  return folded(teachers, foldOf(OPEN_ROWS, words), (some) => {
    const rows = some.map(({ teacher, examples, suspected, contradicts }) => [
      escapeHtml(teacher) + (contradicts ? `<div class="bad">${escapeHtml(contradictsOthers)}</div>` : ''),
      escapeHtml(number(examples)),
      escapeHtml(percent(suspected)),
    ])
    return table(columns, rows)
  })
}

type Pictures = ReportData['conflicts']

function grid(pictures: Pictures, words: ReportWords): Html {
  return folded(pictures, foldOf(OPEN_PICTURES, words), (some) => {
    const figures = some.map(drawPicture)
    return figures.length > 0 ? `<div class="grid">${figures.join('')}</div>` : ''
  })
}

function drawPicture({ copy, beside, caption, note }: Pictures[number]): Html {
  const images = image(copy) + (beside ? image(beside) : '')
  const words = `${escapeHtml(caption)}<span>${escapeHtml(note)}</span>`
  return `<figure${beside ? ' class="pair"' : ''}><div>${images}</div><figcaption>${words}</figcaption></figure>`
}
