import { control, ink, line2, paper } from './palette.ts'

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for markup: unit names and problems are typed by people. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

export interface TipLine {
  readonly label: string
  readonly value: string
  /** Place of the component, for its swatch. */
  readonly component?: number
  readonly strong?: boolean
}

/** The inside of a tooltip. Styled by class names only: the page's security policy refuses style attributes. */
export function tip(title: string, lines: readonly TipLine[]): string {
  const rows = lines.map(({ label, value, component, strong }) => {
    const swatch = component === undefined ? '' : `<i class="swatch c${(component % 6) + 1}"></i>`
    return `<tr${strong ? ' class="strong"' : ''}><th>${swatch}${escaped(label)}</th><td>${escaped(value)}</td></tr>`
  })
  return `<div class="chart-tip"><b>${escaped(title)}</b><table>${rows.join('')}</table></div>`
}

/** The frame of every tooltip; `confine` also keeps it inside a phone's screen. */
export const tooltipFrame = {
  confine: true,
  backgroundColor: paper,
  borderColor: line2,
  borderWidth: 1,
  padding: [8, 12],
  extraCssText: 'border-radius:4px;box-shadow:none',
  textStyle: { color: ink, fontSize: 13 },
  axisPointer: {
    type: 'shadow' as const,
    shadowStyle: { color: 'rgba(24, 87, 182, 0.06)' },
    lineStyle: { color: control },
  },
}
