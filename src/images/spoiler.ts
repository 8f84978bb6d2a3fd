/** How Discord names a file that stays covered until somebody wants to see it. */
export const SPOILER_PREFIX = 'SPOILER_'

export const isSpoiler = (file: string): boolean => file.startsWith(SPOILER_PREFIX)
