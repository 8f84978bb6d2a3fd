import type { Language } from './language.ts'
import type { ReportLanguage } from './report-language.ts'

/** What the report page says in a language; the other one is not loaded. */
export async function loadReportWords(language: Language): Promise<ReportLanguage> {
  if (language === 'ja') return (await import('./ja/report.ts')).report
  return (await import('./en/report.ts')).report
}
