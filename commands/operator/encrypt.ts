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
  ifInterrupted: 'Some pictures still need the old key: keep both in DATA_KEY and run the same command again.',
  async *run({ app: { db } }) {
    yield result('encrypted', yield* reencryptPictures(db))
  },
})
