import type { ExpressionBuilder } from 'kysely'
import type { Schema } from './schema.ts'
import type { Standing } from './transitions.ts'

/** Whether the example of a row has a standing, as a condition. */
export const isStanding = (e: ExpressionBuilder<Schema, 'examples'>, standing: Standing) =>
  standing === 'kept' || standing === 'vouched'
    ? e.and([e('examples.state', '=', 'kept'), e('examples.vouched', '=', standing === 'vouched' ? 1 : 0)])
    : e('examples.state', '=', standing)
