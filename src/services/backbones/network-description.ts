import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { InputDescription } from '../../../models/backbones/registry.ts'
import { UserError } from '../../errors.ts'

/** What a JSON file beside a network says about it. */
export const NetworkDescription = InputDescription.extend({
  /** Name of the tensor that is taken as features; left out: the first output, after the cut. */
  output: z.string().optional(),
  /** Whether the classification at the network's end is cut off. */
  cut: z.boolean().default(true),
})
export type NetworkDescription = z.infer<typeof NetworkDescription>

/** What a JSON file may say about a network whose file says the rest. */
const { mean, deviation, order } = InputDescription.shape
const InputSettings = z
  .object({ mean: mean.unwrap(), deviation: deviation.unwrap(), order: order.unwrap() })
  .partial()
  .refine((input) => (input.mean === undefined) === (input.deviation === undefined), 'mean and deviation, or neither')
export type InputSettings = z.infer<typeof InputSettings>

/** Throws UserError backbone.no-description */
export const readDescription = (file: string): Promise<NetworkDescription> => readJson(file, NetworkDescription)

/** Throws UserError backbone.no-description */
export const readInputSettings = (file: string): Promise<InputSettings> => readJson(file, InputSettings)

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    throw new UserError(
      'backbone.no-description',
      `Expected what the network takes in ${file}, as in {"width":224,"height":224,"mean":[0.485,0.456,0.406],` +
        `"deviation":[0.229,0.224,0.225]}: ${error instanceof Error ? error.message : error}`,
      {},
      { cause: error },
    )
  }
}
