import type { Progress } from '../../progress.ts'

export type Report = (progress: Progress) => void

/** Work that reports from within callbacks, as what a command yields: the newest each time, and then what it came to. */
export async function* withProgress<T>(work: (report: Report) => Promise<T>): AsyncGenerator<Progress, T> {
  let latest: Progress | undefined
  let { promise, resolve } = Promise.withResolvers<void>()
  let hasEnded = false
  const result = work((progress) => {
    latest = progress
    resolve()
  }).finally(() => {
    hasEnded = true
    resolve()
  })
  // Whoever stops listening does not hear of its failure.
  result.catch(() => {})
  while (!hasEnded) {
    await promise
    ;({ promise, resolve } = Promise.withResolvers<void>())
    if (latest) yield latest
    latest = undefined
  }
  return await result
}

/** Runs to its end, and reports what it yields. @returns its result */
export async function reportAll<T>(steps: AsyncGenerator<Progress, T>, report: Report): Promise<T> {
  for (;;) {
    const step = await steps.next()
    if (step.done) return step.value
    report(step.value)
  }
}
