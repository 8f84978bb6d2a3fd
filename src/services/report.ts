import { mistakes } from '../../models/evaluation/metrics.ts'
import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import type { ReportData, ReportWords } from '../charts/report-data.ts'
import { drawReportPage } from '../charts/report-page.ts'
import type { ServiceContext } from '../context.ts'
import { countLabels } from '../db/labels.ts'
import { readIssueSummary } from '../db/surveys.ts'
import { listSuspects, type Suspect } from '../db/suspects.ts'
import { readTrainingExamples, type TrainingExample } from '../db/training-examples.ts'
import { readActiveSummary } from '../db/versions.ts'
import { pictureSuspects } from './report-pictures.ts'

/** Suspects on the page. */
const MAX_SUSPECTS = 60
/** Suspects that a chat shows beside the page. */
const MAX_WORST = 8
const MAX_CONFUSIONS = 20

/** `describeSuspect`: why a picture is suspect. */
type Wording = { words: ReportWords; describeSuspect(suspect: Suspect): string }

/** The health of a dataset as an HTML page, its worst suspects as pictures, and its counts. */
export async function writeReport({ db }: ServiceContext, dataset: number, { words, describeSuspect }: Wording) {
  const examples = await readTrainingExamples(db, dataset)
  const suspects = await listSuspects(db, dataset)
  const issues = await readIssueSummary(db, dataset)
  const summary = await readActiveSummary(db, dataset)
  const labels = countSuspectsByLabel(await countLabels(db, dataset), suspects)
  const shown = suspects.slice(0, MAX_SUSPECTS)
  const pictures = await pictureSuspects(db, dataset, { suspects: shown, describeSuspect })
  const suspectIds = new Set(suspects.map((s) => s.example))
  const data: ReportData = {
    madeAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
    facts: {
      examples: `${examples.length}`,
      labels: `${labels.length}`,
      accuracy: typeof summary?.accuracy === 'number' ? percent(summary.accuracy) : words.notMeasured,
      suspects: `${suspects.length}`,
      leftOut: `${issues?.leftOut ?? 0}`,
      copies: `${issues?.copies ?? 0}`,
      conflicts: `${issues?.conflicts ?? 0}`,
    },
    labels,
    suspects: shown.flatMap((s) => pictures.of(s)),
    conflicts: shown.filter((s) => isFirstOfPair(s, suspectIds)).flatMap((s) => pictures.withConflict(s)),
    confusions: summary ? mistakes(summary, summary.labels).slice(0, MAX_CONFUSIONS) : [],
    curve: summary?.learning?.curve ?? [],
    teachers: rankTeachers(examples, suspectIds, new Set(issues?.teachers.map((t) => t.teacher))),
  }
  const worst = shown.slice(0, MAX_WORST).flatMap((s) => pictures.of(s))
  return { html: drawReportPage(data, words), worst, examples: examples.length, suspects: suspects.length }
}

function countSuspectsByLabel(
  labels: { label: string; examples: number }[],
  suspects: Suspect[],
): ReportData['labels'] {
  const byLabel = Map.groupBy(suspects, (s) => s.label)
  return labels.map((l) => ({ ...l, suspects: byLabel.get(l.label)?.length ?? 0 }))
}

/** Whether it is the one of two conflicting suspects that stands for both, so that each pair is shown once. */
function isFirstOfPair({ example, reasons }: Suspect, suspectIds: ReadonlySet<number>): boolean {
  const conflict = reasons.find((r) => r.kind === 'also-under')
  return conflict !== undefined && !(suspectIds.has(conflict.example) && conflict.example < example)
}

/** First those of whose pictures the largest share is suspect for sure: by the lower end of the 95 % interval. */
function rankTeachers(
  examples: TrainingExample[],
  suspectIds: ReadonlySet<number>,
  contradicting: ReadonlySet<string>,
): ReportData['teachers'] {
  return [...Map.groupBy(examples, (e) => e.by)]
    .map(([teacher, own]) => {
      const suspects = own.filter((e) => suspectIds.has(e.example)).length
      const [lowest] = wilsonInterval(suspects, own.length)
      const row = { teacher, examples: own.length, suspected: suspects / own.length }
      return { lowest, row: { ...row, contradicts: contradicting.has(teacher) } }
    })
    .sort((a, b) => b.lowest - a.lowest)
    .map(({ row }) => row)
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
