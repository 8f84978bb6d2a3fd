/** What turns what a person did into a command call. */
export const FRONT_ENDS = ['cli', 'discord'] as const
export type FrontEnd = (typeof FRONT_ENDS)[number]
