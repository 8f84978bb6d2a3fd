import { UserError } from '../src/errors.ts'
import { hashFile, listFiles, readPicture } from '../src/files.ts'
import { parseLabel } from '../src/label.ts'
import { removeExample } from '../src/store/examples.ts'
import { answer, type Command } from './command.ts'

export default {
  name: 'unlabel',
  summary: 'take pictures (files or folders) out of a label; the files themselves stay',
  arguments: ['<label>', '<files...>'],
  examples: ['unlabel character-a wrong.png'],
  async *run({ app, values: [label, ...paths] }) {
    const { key } = parseLabel(label!)
    const summary = { removed: 0, rejected: [] as { file: string; code: string; message: string }[] }
    for (const path of paths)
      for await (const file of listFiles(path)) {
        try {
          const fileHash = hashFile(await readPicture(file))
          if (!(await removeExample(app.store, app.dataset, key, fileHash)))
            throw new UserError('example.not-filed', `Expected a picture filed under ${label}, received another`)
          summary.removed++
        } catch (error) {
          if (!(error instanceof UserError)) throw error
          summary.rejected.push({ file, code: error.code, message: error.message })
        }
      }
    yield answer(summary)
  },
} satisfies Command
