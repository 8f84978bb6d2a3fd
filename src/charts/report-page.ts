import { escapeHtml, type Html, image, percent, section, table } from './html.ts'
import { learningCurve } from './report-curve.ts'
import { FACTS, type ReportData, type ReportWords } from './report-data.ts'
import { REPORT_STYLE } from './report-style.ts'

/** A page that needs nothing else: no script, no file, no address. Readable on a phone, in light and in dark. */
export function drawReportPage(data: ReportData, words: ReportWords): Html {
  const { sections } = words
  return `<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';img-src data:;style-src 'unsafe-inline'">
<title>${escapeHtml(words.title)}</title><style>${REPORT_STYLE}</style></head><body>
<h1>${escapeHtml(words.title)}</h1><p>${escapeHtml(data.madeAt)}</p>
${facts(data, words)}
${section(sections.labels.title, sections.labels.about, labelTable(data, words))}
${section(sections.suspects.title, sections.suspects.about, grid(data.suspects))}
${section(sections.conflicts.title, sections.conflicts.about, grid(data.conflicts))}
${section(sections.confusions.title, sections.confusions.about, confusionTable(data, words))}
${section(sections.curve.title, sections.curve.about, learningCurve(data.curve))}
${section(sections.teachers.title, sections.teachers.about, teacherTable(data, words))}
</body></html>
`
}

function facts({ facts }: ReportData, words: ReportWords): Html {
  const items = FACTS.map((fact) => `<div><dt>${words.facts[fact]}</dt><dd>${escapeHtml(facts[fact])}</dd></div>`)
  return `<dl>${items.join('')}</dl>`
}

function labelTable({ labels }: ReportData, { columns: headings }: ReportWords): Html {
  const most = Math.max(1, ...labels.map((l) => l.examples))
  const columns = [
    { heading: headings.label },
    { heading: '' },
    { heading: headings.examples, isNumber: true },
    { heading: headings.suspect, isNumber: true },
  ]
  const rows = labels.map(({ label, examples, suspects }) => [
    escapeHtml(label),
    `<div class="bar" style="width:${(100 * examples) / most}%"></div>`,
    escapeHtml(examples),
    suspects > 0 ? `<span class="bad">${suspects}</span>` : '0',
  ])
  return table(columns, rows)
}

function confusionTable({ confusions }: ReportData, { columns: headings }: ReportWords): Html {
  const columns = [
    { heading: headings.label },
    { heading: headings.takenFor },
    { heading: headings.times, isNumber: true },
  ]
  const rows = confusions.map((c) => [escapeHtml(c.label), escapeHtml(c.takenFor), escapeHtml(c.count)])
  return table(columns, rows)
}

function teacherTable({ teachers }: ReportData, { columns: headings, contradictsOthers }: ReportWords): Html {
  const columns = [
    { heading: headings.teacher },
    { heading: '' },
    { heading: headings.examples, isNumber: true },
    { heading: headings.suspect, isNumber: true },
  ]
  const rows = teachers.map(({ teacher, examples, suspected, contradicts }) => [
    escapeHtml(teacher),
    contradicts ? `<span class="bad">${contradictsOthers}</span>` : '',
    escapeHtml(examples),
    percent(suspected),
  ])
  return table(columns, rows)
}

function grid(pictures: ReportData['suspects']): Html {
  if (pictures.length === 0) return ''
  const figures = pictures.map(({ copy, beside, caption, note }) => {
    const images = image(copy) + (beside ? image(beside) : '')
    const words = `${escapeHtml(caption)}<span>${escapeHtml(note)}</span>`
    return `<figure><div>${images}</div><figcaption>${words}</figcaption></figure>`
  })
  return `<div class="grid">${figures.join('')}</div>`
}
