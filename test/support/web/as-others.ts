import type { Visitor } from '../../../src/web/context.ts'
import type { TestSite } from './site.ts'

/** Does something as somebody who may, or sees, something else than the operator. */
export async function asOthers(
  { web: { access } }: TestSite,
  change: Partial<Visitor>,
  work: () => Promise<void>,
): Promise<void> {
  const before = access.visitorIn
  const visitorIn: typeof before = async (...of) => {
    const visitor = await before.call(access, ...of)
    return visitor && { ...visitor, ...change }
  }
  Object.assign(access, { visitorIn })
  await work().finally(() => Object.assign(access, { visitorIn: before }))
}
