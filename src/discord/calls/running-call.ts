import type { RawEvents } from './raw-events.ts'

/** Whom an acknowledgement is shown to; `update`: it changes a message that is there. */
export type Acknowledged = 'public' | 'private' | 'update'

/** Of a process that receives calls and leaves the answers to others. */
export type HandedOver = {
  readonly raw: RawEvents
  /** Tells those that answer that there is something to do. */
  wake(): void
}

/** Of a process that answers a call that another one has received, and whose budgets that one has spent. */
export type RunningCall = {
  readonly id: string
  /** How it was acknowledged; undefined: a posted message is not. */
  readonly acknowledged: Acknowledged | undefined
  /** Only the one who asked sees the answer. */
  readonly isHidden: boolean
  /** It had to wait for its turn: whoever asked may have lost a role meanwhile. */
  readonly hasWaited: boolean
  /** It was begun before, by a process that was heard of no more or gave it back. */
  readonly isAgain: boolean
  /** It may have sent the answer: what comes below the first message is not sent again. */
  readonly isDelivered: boolean
  /** Milliseconds since it was committed. */
  age(): number
  /**
   * To be awaited before the first answer is sent. Throws CallLost: another process has it by now, or what was asked about
   * is gone
   */
  requireDelivery(): Promise<void>
}

/** A call is not this process's anymore, or needs no answer: nothing is sent. */
export class CallLost extends Error {
  constructor() {
    super('Expected a call that is to be answered, it was taken by another process or cancelled')
  }
}
