import { html, type View } from '../html.ts'

/** Light modules around a code, as its standard wants them. */
export const QR_BORDER = 4

/** A square of dark and light modules as one path: each run of dark ones in a row is a bar. */
export function QrPicture({ modules, label }: { modules: readonly (readonly boolean[])[]; label: string }): View {
  const size = modules.length
  return html`
    <svg class="qr" viewBox=${`0 0 ${size} ${size}`} role="img" aria-label=${label} shape-rendering="crispEdges">
      <path class="qr-ground" d=${`M0 0h${size}v${size}H0Z`} />
      <path class="qr-modules" d=${qrPath(modules)} />
    </svg>
  `
}

export function qrPath(modules: readonly (readonly boolean[])[]): string {
  return modules.map((row, y) => barsOf(row, y)).join('')
}

function barsOf(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x++) {
    if (row[x] !== true) continue
    const from = x
    while (row[x + 1] === true) x++
    path += `M${from} ${y}h${x - from + 1}v1H${from}Z`
  }
  return path
}
