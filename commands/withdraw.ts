import { setStateOf } from '../src/store/people.ts'
import { answer, command, flag, person } from './command.ts'

export default command({
  name: 'withdraw',
  summary: 'take everything that a teacher filed out of the learning; it can be put back',
  access: 'admin',
  options: {
    teacher: person('who filed it'),
    restore: flag('put it back instead', { optional: true, named: true }),
  },
  examples: ['withdraw alice', 'withdraw alice --restore'],
  async *run({ app, dataset, by, options: { teacher, restore } }) {
    const examples = await setStateOf(app.store, dataset, { teacher, by, state: restore ? 'kept' : 'excluded' })
    if (examples > 0) app.events.emit('filed', dataset, examples)
    if (restore) yield answer('restored', { teacher, examples })
    else
      yield answer(
        'withdrawn',
        { teacher, examples },
        {
          choices: [
            { word: 'train', verb: 'train', options: {} },
            { word: 'putBack', verb: 'withdraw', options: { teacher, restore: true } },
          ],
        },
      )
  },
})
