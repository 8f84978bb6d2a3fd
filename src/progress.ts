/** How far a piece of work is. `total` is missing where the end is not known; percents end at 100. */
export type Progress = { done: number; total?: number; of: 'pictures' | 'percent' | 'mebibytes' }

export const pictureProgress = (done: number, total?: number): Progress => ({
  done,
  ...(total !== undefined && { total }),
  of: 'pictures',
})

/** @param share of the work that is done, 0 to 1 */
export const percentProgress = (share: number): Progress => ({
  done: Math.round(100 * share),
  total: 100,
  of: 'percent',
})

export const byteProgress = (done: number, total: number): Progress => ({
  done: Math.round(done / 2 ** 20),
  total: Math.max(1, Math.round(total / 2 ** 20)),
  of: 'mebibytes',
})
