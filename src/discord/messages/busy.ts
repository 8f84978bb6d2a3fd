/** Reaction: there is too much to do. */
export const BUSY = '⏳'
