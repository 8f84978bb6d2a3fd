import type { Source, Sources } from '../images/source.ts'
import type { FrontEnd } from './front-ends.ts'

/** One value that a person gives a command. On a command line, options are arguments in order of declaration; `named` ones are --options. */
export type Option<T = unknown> = OptionSettings & {
  kind:
    | 'text'
    | 'texts'
    | 'examples'
    | 'ids'
    | 'pictures'
    | 'upload'
    | 'choice'
    | 'number'
    | 'flag'
    | 'channel'
    | 'role'
    | 'person'
  describe: string
  choices?: readonly string[]
  optional?: boolean
  /** Used when the option is left out. */
  fallback?: T
}

type OptionSettings = {
  named?: boolean
  /** Of its choices those that are offered here, where it depends on how the program is set up; by default all. */
  offered?(): readonly string[]
  /** The only front ends that take it; by default all do. */
  frontEnds?: readonly FrontEnd[]
  min?: number
  max?: number
  /** Of numbers, which are whole otherwise. */
  fractions?: true
  /** What a front end may suggest while it is typed. */
  suggest?: 'labels' | 'deletedLabels' | 'datasets' | 'versions' | 'timeZones'
}

type OptionMaker<T> = {
  (describe: string, settings?: OptionSettings): Option<T>
  (describe: string, settings: OptionSettings & { optional: true }): Option<T | undefined>
}
const maker =
  <T>(kind: Option['kind']): OptionMaker<T> =>
  (describe: string, settings: OptionSettings = {}) =>
    ({ kind, describe, ...settings }) as Option<T>

export const text = maker<string>('text')
/** One or more texts; where a front end has no lists, one. */
export const texts = maker<string[]>('texts')
export const number = maker<number>('number')
export const flag = maker<boolean>('flag')
/** The id of a Discord channel, role or person. */
export const channel = maker<string>('channel')
export const role = maker<string>('role')
export const person = maker<string>('person')
/** One or more examples by number, range or file name. */
export const examples = maker<string[]>('examples')
/** Ids of examples that a button carries. */
export const ids = maker<number[]>('ids')
/** One or more pictures: files and folders on a command line, uploads in a chat. */
export const pictures = maker<Sources>('pictures')
/** One file that is uploaded to a chat and is no picture. */
export const upload = maker<Source>('upload')

type ChoiceSettings = Pick<OptionSettings, 'named' | 'frontEnds' | 'offered'>

/** One of several words. */
export function choice<T extends string>(describe: string, choices: readonly T[], settings?: ChoiceSettings): Option<T>
export function choice<T extends string>(
  describe: string,
  choices: readonly T[],
  settings: ChoiceSettings & { fallback: T },
): Option<T>
export function choice<T extends string>(
  describe: string,
  choices: readonly T[],
  settings: ChoiceSettings & { optional: true },
): Option<T | undefined>
export function choice<T extends string>(
  describe: string,
  choices: readonly T[],
  settings: ChoiceSettings & { fallback?: T; optional?: true } = {},
): Option<T> {
  return { kind: 'choice', describe, choices, ...settings, ...(settings.fallback !== undefined && { optional: true }) }
}
