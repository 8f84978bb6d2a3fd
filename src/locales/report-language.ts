import type { ReportWords } from '../charts/report-data.ts'
import type { Reason } from '../db/label-issues.ts'

/** `describeReasons`: why a picture is suspect, without markup. */
export type ReportLanguage = { words: ReportWords; describeReasons(reasons: readonly Reason[]): string }
