import { useEffect } from './html.ts'

/** Begins something once an element comes into view, and anew when one of `inputs` changes. @param begin returns what ends it */
export function useInView(
  element: { current: Element | null },
  begin: () => () => void,
  inputs: readonly unknown[],
): void {
  useEffect(() => {
    let end: (() => void) | undefined
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      end = begin()
    })
    if (element.current) observer.observe(element.current)
    return () => {
      observer.disconnect()
      end?.()
    }
  }, inputs)
}
