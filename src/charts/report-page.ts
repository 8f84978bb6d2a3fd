import { escapeHtml, type Html, image, percent, section, table } from './html.ts'
import { type CurvePoint, learningCurve } from './report-curve.ts'
import { REPORT_STYLE } from './report-style.ts'

/** `copy`: a small JPEG. `beside`: another one, shown next to it. */
type Picture = { copy: Uint8Array; caption: string; note: string; beside?: Uint8Array | undefined }

/** How a dataset is, as the report shows it. What people wrote is escaped; shares are from 0 to 1. */
export type Health = {
  title: string
  madeAt: string
  facts: [name: string, value: string][]
  labels: { label: string; examples: number; suspects: number }[]
  suspects: Picture[]
  conflicts: Picture[]
  confusions: { label: string; takenFor: string; count: number }[]
  curve: CurvePoint[]
  teachers: { teacher: string; examples: number; suspected: number; contradicts: boolean }[]
}

/** A page that needs nothing else: no script, no file, no address. Readable on a phone, in light and in dark. */
export function drawPage(health: Health): Html {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none';img-src data:;style-src 'unsafe-inline'">
<title>${escapeHtml(health.title)}</title><style>${REPORT_STYLE}</style></head><body>
<h1>${escapeHtml(health.title)}</h1><p>${escapeHtml(health.madeAt)}</p>
${facts(health)}
${section('Labels', 'Examples of each, and how many of them are suspect.', labelTable(health))}
${section('Suspects', 'Examples that look mislabelled, most suspect first: their label, and why it is doubted.', grid(health.suspects))}
${section('The same picture under two labels', '', grid(health.conflicts))}
${section('Confusions', 'What examples were taken for in cross-validation.', confusionTable(health))}
${section('Learning curve', 'Share of right answers by examples a label.', learningCurve(health.curve))}
${section('Teachers', 'How many of the examples that each added are suspect.', teacherTable(health))}
</body></html>
`
}

function facts({ facts }: Health): Html {
  const items = facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`)
  return `<dl>${items.join('')}</dl>`
}

function labelTable({ labels }: Health): Html {
  const most = Math.max(1, ...labels.map((l) => l.examples))
  const columns = [
    { heading: 'Label' },
    { heading: '' },
    { heading: 'Examples', isNumber: true },
    { heading: 'Suspect', isNumber: true },
  ]
  const rows = labels.map(({ label, examples, suspects }) => [
    escapeHtml(label),
    `<div class="bar" style="width:${(100 * examples) / most}%"></div>`,
    escapeHtml(examples),
    suspects > 0 ? `<span class="bad">${suspects}</span>` : '0',
  ])
  return table(columns, rows)
}

function confusionTable({ confusions }: Health): Html {
  const columns = [{ heading: 'Label' }, { heading: 'Taken for' }, { heading: 'Times', isNumber: true }]
  const rows = confusions.map((c) => [escapeHtml(c.label), escapeHtml(c.takenFor), escapeHtml(c.count)])
  return table(columns, rows)
}

function teacherTable({ teachers }: Health): Html {
  const columns = [
    { heading: 'Teacher' },
    { heading: '' },
    { heading: 'Examples', isNumber: true },
    { heading: 'Suspect', isNumber: true },
  ]
  const rows = teachers.map(({ teacher, examples, suspected, contradicts }) => [
    escapeHtml(teacher),
    contradicts ? '<span class="bad">contradicts everybody else</span>' : '',
    escapeHtml(examples),
    percent(suspected),
  ])
  return table(columns, rows)
}

function grid(pictures: Picture[]): Html {
  if (pictures.length === 0) return ''
  const figures = pictures.map(({ copy, beside, caption, note }) => {
    const images = image(copy) + (beside ? image(beside) : '')
    const words = `${escapeHtml(caption)}<span>${escapeHtml(note)}</span>`
    return `<figure><div>${images}</div><figcaption>${words}</figcaption></figure>`
  })
  return `<div class="grid">${figures.join('')}</div>`
}
