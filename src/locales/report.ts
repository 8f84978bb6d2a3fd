import type { ReportWords } from '../charts/report-data.ts'
import type { Reason } from '../db/label-issues.ts'
import type { Language } from './language.ts'

/** `describeReasons`: why a picture is suspect, without markup. */
export type ReportLanguage = { words: ReportWords; describeReasons(reasons: readonly Reason[]): string }

/** What the report page says in a language; the other one is not loaded. */
export async function loadReportWords(language: Language): Promise<ReportLanguage> {
  if (language === 'ja') return (await import('./ja/report.ts')).report
  return (await import('./en/report.ts')).report
}
