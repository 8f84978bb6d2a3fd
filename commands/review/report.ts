import { writeFile } from 'node:fs/promises'
import { defineCommand, result } from '../../src/commands/define.ts'
import { text } from '../../src/commands/options.ts'
import { UserError } from '../../src/errors.ts'
import { sayReasons } from '../../src/locales/reasons.ts'
import { writeReport } from '../../src/services/report.ts'

const FILE = 'mekiki-report.html'

export default defineCommand({
  name: 'report',
  summary: 'one page on the health of what is filed: suspects, copies, confusions, who filed what',
  access: 'manager',
  isPrivate: true,
  options: { file: text('where it is written', { optional: true }) },
  examples: ['report', 'report health.html'],
  async *run({ app, dataset, chat, options: { file = FILE } }) {
    const title = 'Mekiki: the health of this dataset'
    const { html, worst, ...counts } = await writeReport(app, dataset, title, (s) => sayReasons(s.reasons))
    if (chat) {
      yield result(
        'reported',
        { file: FILE, ...counts },
        { gallery: worst, files: [{ name: FILE, bytes: Buffer.from(html) }] },
      )
      return
    }
    try {
      await writeFile(file, html)
    } catch (error) {
      throw new UserError(
        'report.not-writable',
        `Expected to write ${file}, but cannot: ${error}`,
        {},
        { cause: error },
      )
    }
    yield result('reported', { file, ...counts })
  },
})
