import { UserError } from '../../errors.ts'
import { type Access, isAllowed } from '../../services/permissions.ts'
import type { Session, WebContext } from '../context.ts'

/** Whether somebody may still look is asked anew so often. */
const RECHECK_MS = 60_000

type Watched = { session: Session; server: string; access: Access }

/** Tells once when somebody may no longer do what they began, or nobody can say whether they may. @returns what ends it */
export function watchAccess(web: WebContext, watched: Watched, onLost: (error: unknown) => void): () => void {
  const { session, server } = watched
  let isOver = false
  const check = (): void => {
    requireStill(web, watched).catch((error: unknown) => {
      if (isOver) return
      end()
      onLost(error)
    })
  }
  const timer = setInterval(check, RECHECK_MS)
  const ends = [
    web.access.onChanged?.((where, who) => {
      if (where === server && (who === undefined || who === session.person)) check()
    }),
    web.sessions.onEnded((who) => who === session.person && check()),
  ]
  function end(): void {
    isOver = true
    clearInterval(timer)
    for (const one of ends) one?.()
  }
  return end
}

/** Throws UserError web.not-logged-in, access.denied, discord.* */
async function requireStill(web: WebContext, { session, server, access }: Watched): Promise<void> {
  if (!(await web.sessions.list(session.person)).some(({ id }) => id === session.id))
    throw new UserError('web.not-logged-in', 'Expected somebody who is logged in, received nobody')
  const visitor = await web.access.visitorIn(session, server)
  if (!visitor || !(visitor.isOperator || isAllowed(visitor.settings, visitor.person, access)))
    throw new UserError('access.denied', `Expected somebody who is still ${access}, received another`, { access })
}
