import type { LabelledSource } from '../../src/services/labeling.ts'

type Seen = { state: 'kept' | 'excluded' | 'withdrawn'; ageRestricted: boolean }

/** What an export says of pictures, in their order, and how many were added in which state. */
export class RestoredStates {
  readonly counts = { excluded: 0, withdrawn: 0 }
  private readonly seen: (Seen | undefined)[] = []

  note(one: LabelledSource): void {
    const exported = 'exported' in one ? one.exported : undefined
    this.seen.push(exported && { state: exported.state, ageRestricted: exported.ageRestricted })
  }

  /** That one was added. @param at its place */
  count(at: number): void {
    const state = this.seen[at]?.state ?? 'kept'
    if (state !== 'kept') this.counts[state]++
  }

  isAgeRestricted(at: number): boolean {
    return this.seen[at]?.ageRestricted ?? false
  }
}
