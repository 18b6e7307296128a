/** Plots as SVG, readable on light and dark pages: each brings its ground, since a page's theme need not be the system's. */

const STYLE = `<style>
  text { font: 13px system-ui, sans-serif; fill: #1c2024 } .soft { fill: #60646c } .ground { fill: #fff } .bar { fill: #0b6bcb } .was { fill: #8b8d98 }
  .line { fill: none; stroke: #0b6bcb; stroke-width: 2 } .axis { stroke: #8b8d98 } .mark { stroke: #c62a2f; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) { .ground { fill: #18191b } text { fill: #edeef0 } .soft { fill: #b0b4ba } .bar { fill: #70b8ff } .line { stroke: #70b8ff } .mark { stroke: #ff9592 } }
</style><rect width="100%" height="100%" rx="6" class="ground"/>`

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const shown = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toPrecision(3)

/** Two or more bars of one figure, each labelled with its value. */
export function bars(title: string, figure: string, values: readonly { label: string; value: number }[]): string {
  const most = Math.max(...values.map(({ value }) => value), Number.MIN_VALUE)
  const rows = values.map(({ label, value }, index) => {
    const y = 56 + index * 34
    const width = Math.max(1, (value / most) * 380)
    return `<text x="10" y="${y + 16}" class="soft">${escape(label)}</text><rect x="80" y="${y}" width="${width.toFixed(1)}" height="22" rx="3" class="${index === 0 ? 'was' : 'bar'}"/><text x="${(88 + width).toFixed(1)}" y="${y + 16}">${shown(value)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 ${66 + values.length * 34}" role="img" aria-label="${escape(title)}">${STYLE}
<text x="10" y="22" font-weight="600">${escape(title)}</text><text x="10" y="42" class="soft">${escape(figure)}</text>
${rows.join('\n')}
</svg>
`
}

/** A curve over limits (logarithmic), with a line where theory puts the knee. */
export function curve(
  title: string,
  points: readonly { x: number; y: number }[],
  labels: { readonly x: string; readonly y: string; readonly mark: number },
): string {
  const top = Math.max(...points.map(({ y }) => y)) * 1.1
  const last = Math.log2(Math.max(...points.map(({ x }) => x)))
  const px = (x: number): number => 60 + (Math.log2(x) / last) * 460
  const py = (y: number): number => 250 - (y / top) * 190
  const path = points.map(({ x, y }) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(' ')
  const ticks = points.map(({ x }) => `<text x="${px(x).toFixed(1)}" y="268" text-anchor="middle" class="soft">${x}</text>`)
  const heights = [0, 0.5, 1].map((share) => {
    const value = (top / 1.1) * share
    return `<text x="52" y="${(py(value) + 4).toFixed(1)}" text-anchor="end" class="soft">${shown(Math.round(value))}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 560 300" role="img" aria-label="${escape(title)}">${STYLE}
<text x="10" y="22" font-weight="600">${escape(title)}</text><text x="10" y="42" class="soft">${escape(labels.y)}</text>
<line x1="60" y1="250" x2="520" y2="250" class="axis"/><line x1="${px(labels.mark).toFixed(1)}" y1="55" x2="${px(labels.mark).toFixed(1)}" y2="250" class="mark"/>
<polyline points="${path}" class="line"/>
${ticks.join('')}${heights.join('')}
<text x="290" y="290" text-anchor="middle" class="soft">${escape(labels.x)}</text>
</svg>
`
}
