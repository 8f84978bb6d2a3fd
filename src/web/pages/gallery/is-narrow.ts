import { useEffect, useState } from '../lib/html.ts'

/** Below, there is no room beside the pictures: as the style has it. */
const NARROW = matchMedia('(max-width: 63.99rem)')

export function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(NARROW.matches)
  useEffect(() => {
    const note = (): void => setNarrow(NARROW.matches)
    NARROW.addEventListener('change', note)
    return () => NARROW.removeEventListener('change', note)
  }, [])
  return isNarrow
}
