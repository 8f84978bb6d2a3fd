import { defineCommand } from '../../src/commands/define.ts'
import { number, person } from '../../src/commands/options.ts'
import { countKeptBy } from '../../src/db/people.ts'
import { withdraw } from '../shared/withdraw.ts'
import { askToWithdraw } from './withdraw.ts'

export default defineCommand({
  name: 'withdraw-now',
  summary: 'leave the pictures that were shown out of training',
  access: 'manager',
  hidden: true,
  isPrivate: true,
  updatesInPlace: true,
  options: { teacher: person('who added them'), examples: number('how many they were when that was asked') },
  examples: [],
  async *run({ app, dataset, by, options: { teacher, examples } }) {
    const now = await countKeptBy(app.db, dataset, teacher)
    if (now > 0 && now !== examples) yield askToWithdraw(teacher, now, true)
    else yield* withdraw({ app, dataset, by }, { teacher, restore: false })
  },
})
