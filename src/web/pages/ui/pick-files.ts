import { filesOf } from '../lib/files.ts'
import { html, useEffect, useRef, useState, type VNode, type WithChildren } from '../lib/html.ts'
import { Button, type ButtonKind } from './button.ts'
import { useDropAnywhere } from './drop-anywhere.ts'
import type { IconName } from './icon.ts'

/** What people may choose: the server says of each file whether it can read it. */
const PICTURES = 'image/*,.heic,.heif,.avif,.webp'

type PickButtonProps = WithChildren & {
  onFiles: (files: File[]) => void
  icon?: IconName
  kind?: ButtonKind
  size?: 'small' | 'large'
  multiple?: boolean
  accept?: string
  /** On a phone, opens its camera. */
  camera?: boolean
  disabled?: boolean
  label?: string
}

/** A button that lets people choose files of their own. */
export function PickButton(props: PickButtonProps): VNode {
  const { onFiles, multiple = true, accept = PICTURES, camera = false, label, children, ...look } = props
  const input = useRef<HTMLInputElement>(null)
  const change = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    onFiles([...(currentTarget.files ?? [])])
    // The same file may be chosen again.
    currentTarget.value = ''
  }
  return html`<span class="pick">
    <input ref=${input} type="file" hidden accept=${accept} multiple=${multiple && !camera} capture=${camera ? 'environment' : undefined} onChange=${change} />
    <${Button} ...${look} aria-label=${label} onClick=${() => input.current?.click()}>${children}<//>
  </span>`
}

type DropTarget = { isOver: boolean; handlers: Record<string, (event: DragEvent) => void> }

/** For an element that files are dropped on. */
export function useDrop(onFiles: (files: File[]) => void): DropTarget {
  const [depth, setDepth] = useState(0)
  const has = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
  const step = (by: number) => (event: DragEvent) => {
    if (has(event)) setDepth((before) => Math.max(0, before + by))
  }
  const over = (event: DragEvent): void => {
    if (has(event)) event.preventDefault()
  }
  const drop = (event: DragEvent): void => {
    if (!has(event)) return
    event.preventDefault()
    event.stopPropagation()
    setDepth(0)
    onFiles(filesOf(event.dataTransfer).files)
  }
  return {
    isOver: depth > 0,
    handlers: { onDragEnter: step(1), onDragLeave: step(-1), onDragOver: over, onDrop: drop },
  }
}

type Given = ReturnType<typeof filesOf>

/** Files that are dropped anywhere on the page, or pasted. @returns whether some are held over it */
export function useFilesAnywhere(onFiles: (given: Given) => void): boolean {
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent): void => give(clipboardData, latest.current)
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])
  return useDropAnywhere((given) => give(given, onFiles))
}

function give(transfer: DataTransfer | null, onFiles: (given: Given) => void): void {
  const given = filesOf(transfer)
  if (given.files.length > 0 || given.hasFolders) onFiles(given)
}
