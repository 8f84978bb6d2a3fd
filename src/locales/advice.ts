/** Twice as many pictures are worth mentioning from this gain of accuracy on. */
export const WORTHWHILE_GAIN = 0.005

/** Labels that are named in one answer. */
export const MAX_NAMED = 3
