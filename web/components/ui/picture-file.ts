import { componentPaint, ink, ink2, ink3, paper } from '../../charts/palette.ts'

const scale = 2
const margin = 24 * scale

function wrapped(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines = ['']
  for (const word of text.split(/(?<=[\s一-鿿，。：；、])/)) {
    const last = lines.length - 1
    if (context.measureText(lines[last] + word).width > width && lines[last] !== '') lines.push(word)
    else lines[last] += word
  }
  return lines
}

const keySize = 10 * scale

/** Swatch and name of each component, in one line. */
function drawKeys(context: CanvasRenderingContext2D, keys: readonly string[], y: number): void {
  let x = margin
  for (const [place, key] of keys.entries()) {
    const { color, hatched } = componentPaint(place)
    context.fillStyle = color
    context.fillRect(x, y + 4 * scale, keySize, keySize)
    if (hatched) {
      context.strokeStyle = paper
      context.lineWidth = 2 * scale
      context.beginPath()
      context.moveTo(x, y + 4 * scale + keySize)
      context.lineTo(x + keySize, y + 4 * scale)
      context.stroke()
    }
    context.fillStyle = ink2
    context.fillText(key, x + keySize + 6 * scale, y)
    x += keySize + 6 * scale + context.measureText(key).width + 16 * scale
  }
}

interface Explained {
  readonly title: string
  readonly caption: string
  /** Components in scheme order; empty where the colours say nothing of them. */
  readonly keys: readonly string[]
}

/** Saves a chart as PNG at twice its size, with title and caption above it, so that it explains itself in a document. */
export function savePicture(drawing: HTMLCanvasElement, { title, caption, keys }: Explained): void {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) return
  const family = getComputedStyle(document.body).fontFamily
  const titleFont = `600 ${16 * scale}px ${family}`
  const captionFont = `${13 * scale}px ${family}`
  context.font = titleFont
  const titleLines = wrapped(context, title, drawing.width)
  context.font = captionFont
  const captionLines = wrapped(context, caption, drawing.width)
  const head =
    margin +
    titleLines.length * 24 * scale +
    captionLines.length * 20 * scale +
    (keys.length > 0 ? 24 * scale : 0) +
    12 * scale
  canvas.width = drawing.width + 2 * margin
  canvas.height = head + drawing.height + margin
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.textBaseline = 'top'
  let y = margin
  for (const [lines, font, color, height] of [
    [titleLines, titleFont, ink, 24],
    [captionLines, captionFont, ink3, 20],
  ] as const) {
    context.font = font
    context.fillStyle = color
    for (const text of lines) {
      context.fillText(text, margin, y)
      y += height * scale
    }
  }
  drawKeys(context, keys, y + 4 * scale)
  context.drawImage(drawing, margin, head)
  canvas.toBlob((blob) => {
    if (!blob) return
    const link = document.createElement('a')
    link.href = URL.createObjectURL(blob)
    link.download = `${title.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 80)}.png`
    link.click()
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  })
}
