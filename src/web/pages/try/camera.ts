import { html, useEffect, useRef, useState, type VNode } from '../lib/html.ts'
import { words } from '../lib/words.ts'
import { Button } from '../ui/button.ts'
import { Dialog } from '../ui/dialog.ts'

/** Browsers give a camera to pages of HTTPS and of this machine alone. */
export const hasCamera = (): boolean => navigator.mediaDevices?.getUserMedia !== undefined

type CameraProps = { onPhotograph: (file: File) => void; onClose: () => void }

/** What the camera sees, and a button. */
export function Camera({ onPhotograph, onClose }: CameraProps): VNode {
  const { camera } = words().try
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'opening' | 'open' | 'none'>('opening')
  useEffect(() => {
    let stream: MediaStream | undefined
    let isClosed = false
    const stop = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      (opened) => {
        stream = opened
        if (isClosed || !video.current) return stop()
        video.current.srcObject = opened
        setState('open')
      },
      () => setState('none'),
    )
    return () => {
      isClosed = true
      stop()
    }
  }, [])
  const shoot = async (): Promise<void> => {
    if (!video.current) return
    const frame = await createImageBitmap(video.current)
    const canvas = new OffscreenCanvas(frame.width, frame.height)
    canvas.getContext('2d')?.drawImage(frame, 0, 0)
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
    onPhotograph(new File([blob], 'photo.jpg', { type: blob.type }))
    onClose()
  }
  return html`<${Dialog} title=${camera.title} onClose=${onClose} wide class="camera">
    ${
      state === 'none'
        ? html`<p role="alert">${camera.none}</p>`
        : html`<video ref=${video} autoplay playsinline muted aria-label=${camera.view}></video>
            `
    }
    ${
      state !== 'none' &&
      html`<div class="actions center">
        <${Button} kind="primary" size="large" icon="camera" disabled=${state !== 'open'} onClick=${shoot}>${camera.shoot}<//>
      </div>`
    }
  <//>`
}
