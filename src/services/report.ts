import { mistakes } from '../../models/evaluation/metrics.ts'
import type { Grade } from '../../models/evaluation/refusals.ts'
import { wilsonInterval } from '../../models/evaluation/wilson-interval.ts'
import type { ReportData, ReportWords } from '../charts/report-data.ts'
import { drawReportPage } from '../charts/report-page.ts'
import type { ServiceContext } from '../context.ts'
import { countLabels } from '../db/labels.ts'
import { readIssueSummary } from '../db/surveys.ts'
import { countSuspects, countSuspectsByLabel, filterSuspects, readSuspects, type Suspect } from '../db/suspects.ts'
import { countByTeacher, type TeacherCounts } from '../db/teachers.ts'
import { readActiveSummary, type VersionSummary } from '../db/versions.ts'
import { conflictsOf, pictureSuspects } from './report-pictures.ts'
import type { Sight } from './shown-copies.ts'

/** Suspects on the page. */
const MAX_SUSPECTS = 60
/** Suspects that a chat shows beside the page. */
const MAX_WORST = 8
const MAX_CONFUSIONS = 20

/** `describeSuspect`: why a picture is suspect. */
type Wording = Sight & { words: ReportWords; describeSuspect(suspect: Suspect): string }

/** The health of a dataset as an HTML page, its worst suspects as pictures, and its counts. */
export async function writeReport(
  { db }: ServiceContext,
  dataset: number,
  { words, describeSuspect, seesAll }: Wording,
) {
  const shown = await readSuspects(db, dataset, { limit: MAX_SUSPECTS })
  const suspects = await countSuspects(db, dataset)
  const issues = await readIssueSummary(db, dataset)
  const summary = await readActiveSummary(db, dataset)
  const labels = await countLabels(db, dataset)
  const examples = labels.reduce((sum, label) => sum + label.examples, 0)
  const suspectsOf = await countSuspectsByLabel(db, dataset)
  const pictures = await pictureSuspects(db, dataset, { suspects: shown, describeSuspect, seesAll })
  const alsoSuspect = await filterSuspects(db, dataset, shown.flatMap(conflictsOf))
  const confused = summary ? mistakes(summary, summary.labels) : []
  const { number } = words
  const data: ReportData = {
    madeAt: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    facts: {
      examples: number(examples),
      labels: number(labels.length),
      balancedAccuracy: measuredShare(summary?.balancedAccuracy, words),
      accuracy: measuredShare(summary?.accuracy, words),
      ...describeGrades(summary, words),
      suspects: number(suspects),
      leftOut: number(issues?.leftOut ?? 0),
      copies: number(issues?.copies ?? 0),
      conflicts: number(issues?.conflicts ?? 0),
    },
    labels: labels
      .map((l) => ({ ...l, suspects: suspectsOf.get(l.label) ?? 0 }))
      .sort((a, b) => b.suspects - a.suspects),
    suspects: { shown: shown.flatMap((s) => pictures.of(s)), of: suspects },
    conflicts: shown.filter((s) => isFirstOfPair(s, alsoSuspect)).flatMap((s) => pictures.withConflict(s)),
    confusions: { shown: confused.slice(0, MAX_CONFUSIONS), of: confused.length },
    curve: summary?.learning?.curve ?? [],
    teachers: rankTeachers(await countByTeacher(db, dataset), new Set(issues?.teachers.map((t) => t.teacher))),
  }
  const worst = shown.slice(0, MAX_WORST).flatMap((s) => pictures.of(s))
  return { html: drawReportPage(data, words), listed: shown, worst, examples, suspects, unshown: pictures.unshown }
}

/** Whether it is the one of two conflicting suspects that stands for both, so that each pair is shown once. */
function isFirstOfPair(suspect: Suspect, suspects: ReadonlySet<number>): boolean {
  const [conflict] = conflictsOf(suspect)
  return conflict !== undefined && !(suspects.has(conflict) && conflict < suspect.example)
}

/** First those of whose pictures the largest share is suspect for sure: by the lower end of the 95 % interval. */
function rankTeachers(teachers: TeacherCounts[], contradicting: ReadonlySet<string>): ReportData['teachers'] {
  return teachers
    .map(({ by, examples, suspects }) => {
      const [lowest] = wilsonInterval(suspects, examples)
      const row = { teacher: by, examples, suspected: suspects / examples }
      return { lowest, row: { ...row, contradicts: contradicting.has(by) } }
    })
    .sort((a, b) => b.lowest - a.lowest)
    .map(({ row }) => row)
}

/** Share of the answers of each grade and, of those with a label, how many are right. */
function describeGrades(
  summary: VersionSummary | undefined,
  { notMeasured, gradeShare, percent }: ReportWords,
): Record<Grade, string> {
  const describe = (which: Grade): string => {
    const found = summary?.grades?.find(({ grade }) => grade === which)
    if (!found) return notMeasured
    // One label alone is never taken for another.
    if (found.accuracy === null || summary?.accuracy === null || which === 'unknown') return percent(found.share)
    return gradeShare(found.share, found.accuracy)
  }
  return { sure: describe('sure'), unsure: describe('unsure'), unknown: describe('unknown') }
}

const measuredShare = (share: number | null | undefined, { notMeasured, percent }: ReportWords): string =>
  typeof share === 'number' ? percent(share) : notMeasured
