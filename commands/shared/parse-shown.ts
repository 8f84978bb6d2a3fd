import { UserError } from '../../src/errors.ts'

const PAIR = /^(\d{1,15}):(\d{1,15})$/

/** Examples with the ids of the labels that they were shown with, as in `12:3,13:3`. Throws UserError option.invalid */
export function parseShown(text: string): Map<number, number> {
  return new Map(
    text.split(',').map((pair) => {
      const [, example, label] = PAIR.exec(pair) ?? []
      if (example === undefined)
        throw new UserError('option.invalid', `Expected pairs of numbers, received ${pair.slice(0, 100)}`, {
          option: 'shown',
        })
      return [Number(example), Number(label)]
    }),
  )
}
