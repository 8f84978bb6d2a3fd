/** Who decides; each may do what those before may. A person on the command line is a manager. */
export const ACTORS = ['teacher', 'reviewer', 'manager'] as const
/** `lone-reviewer`: one of several who must agree, and who does by themselves what has no votes. */
export type Actor = (typeof ACTORS)[number] | 'lone-reviewer'

/** The one whom somebody is like who acts. */
export const rankOf = (actor: Actor): (typeof ACTORS)[number] => (actor === 'lone-reviewer' ? 'teacher' : actor)

/**
 * What an example is to whoever would change it. `vouched`: kept, and a reviewer said that it is right. `deleted`: with its
 * label, and it can still be brought back.
 */
export const STANDINGS = ['kept', 'vouched', 'excluded', 'withdrawn', 'deleted'] as const
export type Standing = (typeof STANDINGS)[number]

/**
 * What can be done to an example. `withdraw`, `reinstate`: with all of its teacher's. `remove`: from its label. `delete`,
 * `bringBack`: with its label.
 */
type Step = 'keep' | 'exclude' | 'restore' | 'move' | 'remove' | 'withdraw' | 'reinstate' | 'delete' | 'bringBack'

/**
 * `before`: what it was before it was deleted. `votes`: it waits until as many of these say the same as the server asks for.
 * Left out: it is carried out at once.
 */
type Transition = { to: Standing | 'gone' | 'before'; by: Actor; votes?: true }

/**
 * Who, at least, may bring an example from which state to which; what is missing nobody may. So a teacher changes only what
 * no reviewer and no manager has decided about, and only `reinstate` leaves `withdrawn`. People always may delete what
 * they added themselves (`undo`, `forget`). A teacher has no vote: moving a picture that nobody has decided about corrects
 * what teachers added, as removing it and adding it elsewhere does, and says nothing in the place of a reviewer.
 */
const TRANSITIONS: Record<Step, Partial<Record<Standing, Transition[]>>> = {
  keep: {
    kept: [{ to: 'vouched', by: 'reviewer', votes: true }],
    vouched: [{ to: 'vouched', by: 'reviewer', votes: true }],
    excluded: [{ to: 'vouched', by: 'reviewer', votes: true }],
  },
  exclude: {
    kept: [{ to: 'excluded', by: 'reviewer', votes: true }],
    vouched: [{ to: 'excluded', by: 'reviewer', votes: true }],
    excluded: [{ to: 'excluded', by: 'reviewer', votes: true }],
  },
  restore: {
    kept: [{ to: 'kept', by: 'reviewer', votes: true }],
    vouched: [{ to: 'vouched', by: 'reviewer', votes: true }],
    excluded: [{ to: 'kept', by: 'reviewer', votes: true }],
  },
  move: {
    kept: [
      { to: 'vouched', by: 'reviewer', votes: true },
      { to: 'kept', by: 'teacher' },
    ],
    vouched: [{ to: 'vouched', by: 'reviewer', votes: true }],
    excluded: [{ to: 'vouched', by: 'reviewer', votes: true }],
  },
  remove: {
    kept: [{ to: 'gone', by: 'teacher' }],
    vouched: [{ to: 'gone', by: 'reviewer' }],
    excluded: [{ to: 'gone', by: 'reviewer' }],
    withdrawn: [{ to: 'gone', by: 'manager' }],
  },
  // What is deleted stays so, and is withdrawn, or not, when it is brought back.
  withdraw: {
    kept: [{ to: 'withdrawn', by: 'manager' }],
    vouched: [{ to: 'withdrawn', by: 'manager' }],
    deleted: [{ to: 'deleted', by: 'manager' }],
  },
  reinstate: { withdrawn: [{ to: 'kept', by: 'manager' }], deleted: [{ to: 'deleted', by: 'manager' }] },
  delete: {
    kept: [{ to: 'deleted', by: 'teacher' }],
    vouched: [{ to: 'deleted', by: 'reviewer' }],
    excluded: [{ to: 'deleted', by: 'reviewer' }],
    withdrawn: [{ to: 'deleted', by: 'manager' }],
  },
  // Only whoever may do what the one who deleted it did (deleted-labels.ts).
  bringBack: { deleted: [{ to: 'before', by: 'teacher' }] },
}

/** Whether one may do what another may. */
export const isAtLeast = (actor: Actor, least: Actor): boolean =>
  ACTORS.indexOf(rankOf(actor)) >= ACTORS.indexOf(rankOf(least))

/** Where several reviewers must agree, one alone may do no more than a teacher; a manager decides how many must. */
export const alone = (actor: Actor, agreement: number): Actor =>
  actor === 'reviewer' && agreement > 1 ? 'lone-reviewer' : actor

const find = (step: Step, standing: Standing, actor: Actor): Transition | undefined =>
  TRANSITIONS[step][standing]?.find(({ by }) => isAtLeast(actor, by))

/** What an example becomes; undefined where this person may not do that to it. */
export const outcomeOf = (step: Step, standing: Standing, actor: Actor): Transition['to'] | undefined =>
  find(step, standing, actor)?.to

/** Whether what this person says is one vote of those that a server may ask for. */
export const isVote = (step: Step, standing: Standing, actor: Actor): boolean =>
  find(step, standing, actor)?.votes ?? false

/** @param example as its row says */
export const standingOf = ({
  state,
  vouched,
}: {
  state: 'kept' | 'excluded' | 'withdrawn' | 'deleted'
  vouched: number
}): Standing => (state === 'kept' && vouched === 1 ? 'vouched' : state)

/** The columns of a standing. */
export function columnsOf(standing: 'kept' | 'vouched' | 'excluded') {
  const state: 'kept' | 'excluded' = standing === 'excluded' ? 'excluded' : 'kept'
  return { state, vouched: standing === 'vouched' ? 1 : 0 }
}
