import { z } from 'zod'
import { HEAD_NAMES } from '../../../models/heads/names.ts'
import { EFFORT_NAMES } from '../../../models/views.ts'
import type { TrainingOutcome, TrainingRequest } from '../../context.ts'
import { UserError } from '../../errors.ts'

// What is stored of a training that another process does: what was asked for, and what it came to.

const Request = z.object({
  heads: z.array(z.enum(HEAD_NAMES)).min(1),
  budget: z.number().optional(),
  effort: z.enum(EFFORT_NAMES).optional(),
  robust: z.boolean().optional(),
  by: z.string(),
})
/** `server`: whose turn it takes. `isAutomatic`: nobody waits for it, and managers are told what it came to. */
const JobData = z.object({ server: z.string(), request: Request, isAutomatic: z.boolean().default(false) })
export type JobData = { server: string; request: TrainingRequest; isAutomatic: boolean }

export const readJobData = (data: unknown): JobData => JobData.parse(data)

const Coded = z.object({ code: z.string(), message: z.string(), values: z.record(z.string(), z.any()) })
const Failed = z.object({ error: Coded })
const Crashed = z.object({ crash: z.string() })
const isOutcome = (value: unknown): boolean =>
  z.looseObject({ version: z.int(), head: z.string() }).safeParse(value).success
const Trained = z.object({ outcome: z.custom<TrainingOutcome>(isOutcome) })
const Output = z.union([Trained, Failed, Crashed])

export const outputOf = (outcome: TrainingOutcome): object => ({ outcome })

/** A person's mistake goes back to whoever asked; what nobody expected is in the log of the process that trained. */
export const outputOfError = (error: unknown): object =>
  error instanceof UserError
    ? { error: { code: error.code, message: error.message, values: error.values } }
    : { crash: String(error) }

/** What a training that another process did came to. Throws the UserError that it ended with. */
export function readOutput(output: unknown): TrainingOutcome {
  const read = Output.parse(output)
  if ('outcome' in read) return read.outcome
  if ('error' in read) throw new UserError(read.error.code, read.error.message, read.error.values)
  throw new Error(`Expected a training to end, it crashed in its process: ${read.crash}`)
}
