import { encodeJpeg } from '../lib/convert-picture.ts'
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
    const blob = await encodeJpeg(await createImageBitmap(video.current))
    onPhotograph(new File([blob], 'photo.jpg', { type: blob.type }))
    onClose()
  }
  return html`<${Dialog} title=${camera.title} onClose=${onClose} wide class="camera">
    ${
      state === 'none'
        ? html`<p role="alert">${camera.none}</p>`
        : html`<video ref=${video} onLoadedData=${() => setState('open')} autoplay playsinline muted aria-label=${camera.view}></video>
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
