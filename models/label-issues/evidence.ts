import type { LabelFit } from './label-fit.ts'

/** The labels as people gave them. */
export type GivenLabels = {
  /** Class of each row, 0 to classes - 1. */
  y: Uint32Array
  classes: number
  /** Group of copies of one picture that each row is in; they do not speak for one another. */
  group: Uint32Array
  /** 1 where a person said that the label is right. */
  vouched: Uint8Array
}

/** `supported`: 1 where neighbours support the given label: the picture is of one of the kinds that its label holds. */
export type LabelEvidence = LabelFit & { supported: Uint8Array }
