import { insufficientMemory } from '../../workers/training/memory-errors.ts'

/** Bytes that training takes for each feature of an example, all threads together. Measured: bench/growth.ts */
const BYTES_PER_FEATURE = 12
/** Bytes that the training threads take beside that. */
const FIXED_BYTES = 150 * 2 ** 20

/** Refuses a training that the machine has too little memory for, before it allocates anything. Throws UserError train.memory */
export function requireTrainingMemory(examples: number, features: number): void {
  const needed = examples * features * BYTES_PER_FEATURE + FIXED_BYTES
  const available = process.availableMemory()
  if (needed > available) throw insufficientMemory(needed, available)
}
