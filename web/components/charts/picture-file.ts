import { ink, ink3 } from '../../charts/palette.ts'

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

/** Saves a chart as PNG at twice its size, with title and caption above it, so that it explains itself in a document. */
export function savePicture(drawing: HTMLCanvasElement, title: string, caption: string): void {
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
  const head = margin + titleLines.length * 24 * scale + captionLines.length * 20 * scale + 12 * scale
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
