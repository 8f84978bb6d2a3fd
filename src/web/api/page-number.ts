import { z } from 'zod'
import { UserError } from '../../errors.ts'

const Page = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.int().min(1))

/** The page that is asked for of a long list: the first, where none is. Throws UserError option.invalid */
export function readPage(given: unknown): number {
  const { data } = Page.safeParse(given ?? 1)
  if (data === undefined)
    throw new UserError('option.invalid', `Expected the number of a page, received ${String(given).slice(0, 100)}`, {
      option: 'page',
    })
  return data
}
