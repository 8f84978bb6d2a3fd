import { useEffect, useRef, useState } from './html.ts'

/**
 * What stands in a text field whose value is kept elsewhere. A new value from there replaces what nobody has touched; what somebody is
 * typing at that moment stays.
 */
export function useTyped(value: string): [typed: string, setTyped: (typed: string) => void] {
  const [typed, setTyped] = useState(value)
  const given = useRef(value)
  useEffect(() => {
    const before = given.current
    given.current = value
    setTyped((now) => (now.trim() === before ? value : now))
  }, [value])
  return [typed, setTyped]
}
