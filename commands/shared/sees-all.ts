import type { Chat } from '../../src/commands/define.ts'

/** Whether pictures from age-restricted channels may be shown where somebody asks: in such a channel, and in a terminal. */
export const seesAll = (chat: Chat | undefined): boolean => chat === undefined || chat.isAgeRestricted === true
