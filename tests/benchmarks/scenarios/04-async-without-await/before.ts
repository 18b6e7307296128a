async function double(value: number): Promise<number> {
  return value * 2
}

export async function total(values: readonly number[]): Promise<number> {
  let sum = 0
  for (const value of values) {
    sum += await double(value)
  }
  return sum
}
