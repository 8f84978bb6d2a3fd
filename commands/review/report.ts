import { writeFile } from 'node:fs/promises'
import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import type { Suspect } from '../../src/db/suspects.ts'
import { UserError } from '../../src/errors.ts'
import { loadReportWords } from '../../src/locales/report.ts'
import { seesAll } from '../shared/sees-all.ts'

const DEFAULT_FILE = 'mekiki-report.html'

export default defineCommand({
  name: 'report',
  summary: 'write a one-page report on the dataset: suspects, copies, confusions, who added what',
  access: 'manager',
  isPrivate: true,
  options: {
    file: text('the file to write; by default mekiki-report.html', { optional: true, frontEnds: ['cli', 'discord'] }),
  },
  examples: ['report', 'report health.html'],
  async *run({ app, dataset, screen, language = 'en', options: { file = DEFAULT_FILE } }) {
    // Loaded when it is used: other commands start sooner.
    const { writeReport } = await import('../../src/services/report.ts')
    const { words, describeReasons } = await loadReportWords(language)
    const describeSuspect = (suspect: Suspect) => describeReasons(suspect.reasons)
    const wording = { words, describeSuspect, seesAll: seesAll(screen) }
    const { html, listed, worst, unshown, ...counts } = await writeReport(app, dataset, wording)
    if (screen) {
      yield result(
        'reported',
        { file: DEFAULT_FILE, ...counts, listed },
        { gallery: worst, ...unshown, files: [{ name: DEFAULT_FILE, bytes: Buffer.from(html) }] },
      )
      return
    }
    try {
      await writeFile(file, html)
    } catch (error) {
      throw new UserError(
        'report.not-writable',
        `Expected a file that can be written, received ${file}: ${error}`,
        {},
        { cause: error },
      )
    }
    yield result('reported', { file, ...counts })
  },
})
