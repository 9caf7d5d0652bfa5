/**
 * Colours beside the key colour that are neither it nor a box's: a key takes such pixels out in part, and leaves a fringe.
 * Runs in the page, so it holds all that it needs.
 */
export async function softEdges(picture: string): Promise<string[]> {
  const boxes = ['16,16,20', '26,24,36', '255,201,61']
  const image = new Image()
  image.src = `data:image/png;base64,${picture}`
  await image.decode()
  const canvas = document.createElement('canvas')
  const { width, height } = image
  Object.assign(canvas, { width, height })
  const brush = canvas.getContext('2d')
  brush?.drawImage(image, 0, 0)
  const data = brush?.getImageData(0, 0, width, height).data ?? []
  const colorAt = (x: number, y: number) => {
    const i = 4 * (y * width + x)
    return `${data[i]},${data[i + 1]},${data[i + 2]}`
  }
  const key = colorAt(0, 0)
  const found = new Set<string>()
  for (let y = 0; y < height - 1; y += 1) {
    for (let x = 0; x < width - 1; x += 1) {
      const here = colorAt(x, y)
      for (const beside of [colorAt(x + 1, y), colorAt(x, y + 1)]) {
        if ((here === key) === (beside === key)) continue
        const other = here === key ? beside : here
        if (!boxes.includes(other)) found.add(`${other} at ${x},${y}`)
      }
    }
  }
  return [...found].slice(0, 5)
}
