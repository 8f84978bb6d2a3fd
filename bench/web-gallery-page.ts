/** What the page itself notes while it is measured. Times in milliseconds since it was asked for. */
export type Cells = {
  /** When the heading of the gallery was there. */
  pageDrawn(): number | undefined
  firstPainted(): number | undefined
  /** The most elements that there were at once. */
  mostNodes(): number
  reset(): void
  /** Of the cells that came onto the screen and stayed so long, the share that were painted by then; null: none stayed. */
  shareWithin(milliseconds: number): number | null
  /** Of the cells that are on the screen now. */
  shareOnScreen(): number
}

/** Runs in the page, before its own scripts. */
export function watchCells(): void {
  type Seen = { since: number; left?: number; painted?: number }
  let seen = new Map<string, Seen>()
  let [drawn, first]: (number | undefined)[] = []
  let nodes = 0

  const isPainted = (cell: Element): boolean => cell.matches('.known:has(img.there)')
  const onScreen = (): Element[] =>
    [...document.querySelectorAll('.cell')].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect()
      return bottom > 0 && top < innerHeight
    })

  function look(now: number): void {
    requestAnimationFrame(look)
    if (drawn === undefined && document.querySelector('.gallery h1')) drawn = now
    nodes = Math.max(nodes, document.getElementsByTagName('*').length)
    const present = new Set<string>()
    for (const cell of onScreen()) {
      const place = cell.getAttribute('data-place') ?? ''
      present.add(place)
      const entry = seen.get(place) ?? { since: now }
      seen.set(place, entry)
      if (entry.painted === undefined && isPainted(cell)) {
        entry.painted = now
        first ??= now
      }
    }
    for (const [place, entry] of seen) if (!present.has(place)) entry.left ??= now
  }
  requestAnimationFrame(look)

  Object.assign(globalThis, {
    cells: {
      pageDrawn: () => drawn,
      firstPainted: () => first,
      mostNodes: () => nodes,
      reset() {
        seen = new Map()
      },
      shareWithin(milliseconds: number) {
        const until = performance.now()
        const counted = [...seen.values()].filter(({ since, left }) => (left ?? until) - since >= milliseconds)
        const inTime = counted.filter(({ since, painted }) => (painted ?? Infinity) - since <= milliseconds)
        return counted.length === 0 ? null : inTime.length / counted.length
      },
      shareOnScreen() {
        const present = onScreen()
        return present.filter(isPainted).length / present.length
      },
    } satisfies Cells,
  })
}
