import { defineCommand, result } from '../../src/commands/define.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'

export default defineCommand({
  name: 'encrypt',
  formerNames: ['seal'],
  summary: 'encrypt all stored pictures with the first key of DATA_KEY; run it after setting or changing the key',
  access: 'operator',
  frontEnds: ['cli'],
  options: {},
  examples: ['encrypt'],
  ifInterrupted: 'Pictures that were encrypted are kept; keep the old key in DATA_KEY until the rest is done.',
  async *run({ app: { db } }) {
    yield result('encrypted', { changed: yield* reencryptPictures(db) })
  },
})
