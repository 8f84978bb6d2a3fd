import type { Tile } from './gallery.ts'
import type { CurvePoint } from './report-curve.ts'

/** A small JPEG. `beside`: another one to compare it with. */
type ReportPicture = Tile & { beside?: Uint8Array | undefined }

/** How a dataset is, as the report shows it. What people wrote is escaped by the page; shares are from 0 to 1. */
export type ReportData = {
  madeAt: string
  facts: Record<Fact, string>
  labels: { label: string; examples: number; suspects: number }[]
  suspects: ReportPicture[]
  conflicts: ReportPicture[]
  confusions: { label: string; takenFor: string; count: number }[]
  curve: CurvePoint[]
  teachers: { teacher: string; examples: number; suspected: number; contradicts: boolean }[]
}

/** The numbers at the top, in this order. */
export const FACTS = [
  'examples',
  'labels',
  'balancedAccuracy',
  'accuracy',
  'sure',
  'unsure',
  'unknown',
  'suspects',
  'leftOut',
  'copies',
  'conflicts',
] as const
type Fact = (typeof FACTS)[number]

type Section = 'labels' | 'suspects' | 'conflicts' | 'confusions' | 'curve' | 'teachers'
type Column = 'label' | 'examples' | 'suspect' | 'takenFor' | 'times' | 'teacher'

/** All that the page says, as HTML: `&`, `<` and quotes are escaped in it. */
export type ReportWords = {
  /** As in `<html lang>`. */
  language: string
  title: string
  facts: Record<Fact, string>
  notMeasured: string
  /** As in "98 % right". */
  right: string
  sections: Record<Section, { title: string; about: string }>
  columns: Record<Column, string>
  contradictsOthers: string
}
