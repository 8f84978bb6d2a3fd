/** What turns what a person did into a command call. */
export const FRONT_ENDS = ['cli', 'discord', 'web'] as const
export type FrontEnd = (typeof FRONT_ENDS)[number]

/** Whether a front end offers a command or an option: without a list all do. */
export const isOfferedOn = (
  { frontEnds = FRONT_ENDS }: { frontEnds?: readonly FrontEnd[] | undefined },
  frontEnd: FrontEnd,
): boolean => frontEnds.includes(frontEnd)
