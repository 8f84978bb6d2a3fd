import { type Command, defineCommand } from '../../src/commands/define.ts'
import { flag } from '../../src/commands/options.ts'
import { showReviewQueue } from '../shared/review-queue.ts'
import review from './review.ts'

/** On the page: several at once, whose pictures the page loads by their numbers. */
const reviewOnPage: Command = defineCommand({
  name: 'review',
  summary: review.summary,
  access: review.access,
  frontEnds: ['web'],
  isPrivate: true,
  options: { grouped: flag('with each one those that the same label fits better', { optional: true }) },
  examples: [],
  async *run({ options: { grouped = false }, ...call }) {
    yield* showReviewQueue(call, { grouped })
  },
})
export default reviewOnPage
