import type { Command } from '../../commands/define.ts'
import type { Option } from '../../commands/options.ts'

/** Pictures that one command takes. Discord allows 25 options in all. */
export const MAX_UPLOADS = 10

/** An option's name as Discord takes it: `learnFromPosts` is `learn-from-posts`, the third picture `picture3`. */
export const optionName = (name: string): string => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
export const uploadName = (n: number): string => (n === 1 ? 'picture' : `picture${n}`)

/** Whether the command opens a form if no picture is attached. */
export const opensForm = ({ name }: Command): boolean => name === 'label' || name === 'predict'

export const picturesOf = (command: Command): Option | undefined =>
  Object.values(command.options).find((o) => o.kind === 'pictures')
