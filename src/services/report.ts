import { mistakes } from '../../models/evaluation/metrics.ts'
import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import { drawPage, type Health } from '../charts/report-page.ts'
import type { ServiceContext } from '../context.ts'
import { countLabels } from '../db/labels.ts'
import { readCopies } from '../db/pictures.ts'
import { readIssueSummary } from '../db/surveys.ts'
import { listSuspects, type Suspect } from '../db/suspects.ts'
import { readTrainingExamples } from '../db/training-examples.ts'
import { readActiveSummary } from '../db/versions.ts'

/** Pictures of the page; the summary of a chat has the worst. */
const [SHOWN, WORST] = [60, 8]
const SIDE = 160
const MOST = 20

/** The health of a dataset as a page, and the worst suspects to be looked at. @param say why a picture is suspect, in words */
export async function writeReport(
  { db }: ServiceContext,
  dataset: number,
  title: string,
  say: (suspect: Suspect) => string,
) {
  const filed = await readTrainingExamples(db, dataset)
  const suspects = await listSuspects(db, dataset)
  const survey = await readIssueSummary(db, dataset)
  const summary = await readActiveSummary(db, dataset)
  const isSuspect = new Set(suspects.map((s) => s.example))
  const count = <T>(items: T[], of: (item: T) => boolean): number => items.filter(of).length
  const labels = (await countLabels(db, dataset)).map((l) => ({
    ...l,
    suspects: count(suspects, (s) => s.label === l.label),
  }))
  const clash = (s: Suspect) => s.reasons.find((r) => r.kind === 'also-under')
  const shown = suspects.slice(0, SHOWN)
  const twins = shown.flatMap((s) => clash(s)?.example ?? [])
  const small = await thumbnails(await readCopies(db, dataset, [...shown.map((s) => s.example), ...twins]))
  const tile = (s: Suspect, beside?: number) => {
    const copy = small.get(s.example)
    const caption = `#${s.example} ${s.label}`
    return copy ? [{ copy, caption, note: say(s), beside: beside === undefined ? undefined : small.get(beside) }] : []
  }
  const contradicting = new Set(survey?.teachers.map((t) => t.teacher))
  const health: Health = {
    title,
    madeAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
    facts: [
      ['Examples', `${filed.length}`],
      ['Labels', `${labels.length}`],
      ['Accuracy', summary?.accuracy == null ? 'not measured' : percent(summary.accuracy)],
      ['Suspects', `${suspects.length}`],
      ['Left out', `${survey?.leftOut ?? 0}`],
      ['Copies', `${survey?.copies ?? 0}`],
      ['Conflicts', `${survey?.conflicts ?? 0}`],
    ],
    labels,
    suspects: shown.flatMap((s) => tile(s)),
    conflicts: shown.flatMap((s) => {
      const other = clash(s)
      // Each pair once.
      return other && !(isSuspect.has(other.example) && other.example < s.example) ? tile(s, other.example) : []
    }),
    confusions: summary ? mistakes(summary, summary.labels).slice(0, MOST) : [],
    curve: summary?.learning?.curve ?? [],
    teachers: [...Map.groupBy(filed, (f) => f.by)].map(([teacher, own]) => ({
      teacher,
      examples: own.length,
      suspected: count(own, (f) => isSuspect.has(f.example)) / own.length,
      contradicts: contradicting.has(teacher),
    })),
  }
  health.teachers.sort(
    (a, b) =>
      wilsonInterval(b.suspected * b.examples, b.examples)[0] - wilsonInterval(a.suspected * a.examples, a.examples)[0],
  )
  const worst = shown.slice(0, WORST).flatMap((s) => tile(s))
  return { html: drawPage(health), worst, examples: filed.length, suspects: suspects.length }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

async function thumbnails(copies: Map<number, Uint8Array>): Promise<Map<number, Buffer>> {
  // Loaded when it is needed: no other verb of a terminal is.
  const { default: sharp } = await import('sharp')
  const made = new Map<number, Buffer>()
  for (const [example, copy] of copies)
    made.set(example, await sharp(copy).resize(SIDE, SIDE, { fit: 'inside' }).jpeg({ quality: 80 }).toBuffer())
  return made
}
