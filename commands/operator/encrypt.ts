import { defineCommand, result } from '../../src/commands/define.ts'
import { reencryptPictures } from '../../src/db/reencrypt.ts'

export default defineCommand({
  name: 'encrypt',
  formerNames: ['seal'],
  summary: 'encrypt every stored picture with the first key of DATA_KEY; run it after setting or changing the key',
  access: 'owner',
  frontEnds: ['cli'],
  options: {},
  examples: ['seal'],
  async *run({ app: { db } }) {
    yield result('encrypted', { changed: yield* reencryptPictures(db) })
  },
})
