/** Where work waits while it is paused. */
export type Gate = { passed(): Promise<void>; close(): void; open(): void }

export function makeGate(): Gate {
  let closed: PromiseWithResolvers<void> | undefined
  return {
    passed: async () => closed?.promise,
    close() {
      closed ??= Promise.withResolvers()
    },
    open() {
      closed?.resolve()
      closed = undefined
    },
  }
}
