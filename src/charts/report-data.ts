import type { Tile } from './gallery.ts'
import type { CurvePoint } from './report-curve.ts'

/** A small JPEG. `beside`: another one to compare it with. */
type ReportPicture = Tile & { beside?: Uint8Array | undefined }

/** How a dataset is, as the report shows it. What people wrote is escaped by the page; shares are from 0 to 1. */
export type ReportData = {
  madeAt: string
  facts: Record<Fact, string>
  labels: { label: string; examples: number; suspects: number }[]
  /** The most suspect first, of so many. */
  suspects: { shown: ReportPicture[]; of: number }
  conflicts: ReportPicture[]
  /** The most frequent first, of so many. */
  confusions: { shown: { label: string; takenFor: string; count: number }[]; of: number }
  curve: CurvePoint[]
  teachers: { teacher: string; examples: number; suspected: number; contradicts: boolean }[]
}

/** The numbers at the top, in this order. */
export const FACTS = [
  'suspects',
  'leftOut',
  'conflicts',
  'copies',
  'examples',
  'labels',
  'accuracy',
  'balancedAccuracy',
  'sure',
  'unsure',
  'unknown',
] as const
type Fact = (typeof FACTS)[number]

type Section = 'suspects' | 'conflicts' | 'labels' | 'confusions' | 'curve' | 'teachers'
type Column = 'label' | 'examples' | 'suspect' | 'takenFor' | 'times' | 'teacher'

/** All that the page says, in one language. None of it is HTML. */
export type ReportWords = {
  /** As in `<html lang>`. */
  language: string
  title: string
  facts: Record<Fact, string>
  notMeasured: string
  number: (value: number) => string
  /** @param share from 0 to 1 */
  percent: (share: number) => string
  /** How many of the answers are of a grade, and how many of those are right. */
  gradeShare: (share: number, right: number) => string
  /** What cuts a list says. */
  mostSuspect: (shown: number, of: number) => string
  mostFrequent: (shown: number, of: number) => string
  /** What stands on the part that is folded. */
  more: (hidden: number) => string
  sections: Record<Section, { title: string; about: string }>
  columns: Record<Column, string>
  contradictsOthers: string
}
