import type { Piled } from './pile.ts'

/** Pictures that Mekiki takes for the same. `label`: null: for none of the labels. */
export type Group = { label: string | null; sure: readonly Piled[]; unsure: readonly Piled[] }

/** Largest first; what belongs to none comes last. Within a group the surest come first. */
export function groupPile(pile: readonly Piled[]): readonly Group[] {
  const groups = new Map<string | null, { sure: Piled[]; unsure: Piled[] }>()
  const shown = pile.filter(({ state }) => state === 'asked' || state === 'storing')
  for (const piled of shown.toSorted((a, b) => certaintyOf(b) - certaintyOf(a))) {
    const label = piled.prediction?.label ?? null
    const group = groups.get(label) ?? { sure: [], unsure: [] }
    groups.set(label, group)
    group[piled.prediction?.grade === 'sure' ? 'sure' : 'unsure'].push(piled)
  }
  const all = [...groups].map(([label, group]) => ({ label, ...group }))
  return all.toSorted((a, b) => Number(a.label === null) - Number(b.label === null) || sizeOf(b) - sizeOf(a))
}

export const membersOf = ({ sure, unsure }: Group): readonly Piled[] => [...sure, ...unsure]
const sizeOf = ({ sure, unsure }: Group): number => sure.length + unsure.length
const certaintyOf = ({ prediction }: Piled): number => prediction?.confidence ?? 0

/** The labels that some pictures may have, the likeliest first. */
export function likelyFor(some: readonly Piled[]): readonly string[] {
  const sums = new Map<string, number>()
  for (const { label, confidence } of some.flatMap(({ prediction }) => prediction?.top ?? []))
    sums.set(label, (sums.get(label) ?? 0) + confidence)
  return [...sums].toSorted(([, a], [, b]) => b - a).map(([label]) => label)
}
