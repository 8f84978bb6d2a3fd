import { answer, command, relay } from '../../src/commands/define.ts'
import { resealPictures } from '../../src/db/encryption.ts'

export default command({
  name: 'seal',
  summary: 'encrypt every stored picture with the first key of DATA_KEY; run it after setting or changing the key',
  access: 'owner',
  only: 'terminal',
  options: {},
  examples: ['seal'],
  async *run({ app: { store } }) {
    yield answer('sealed', { changed: yield* relay(resealPictures(store)) })
  },
})
