/**
 * A sequence of numbers that decides what a generated program looks like. fast-check shrinks the sequence; where it has
 * ended every choice is the first one, so put the simplest first.
 */
import fc from 'fast-check'

export class Choices {
  readonly #numbers: readonly number[]
  #at = 0

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    const number = this.#numbers[this.#at] ?? 0
    this.#at += 1
    return number % count
  }

  of<T>(options: readonly T[]): T {
    return options[this.below(options.length)] as T
  }

  /** True in one of `in` cases. */
  rarely(oneIn = 4): boolean {
    return this.below(oneIn) === oneIn - 1
  }
}

/** What `make` makes of drawn choices. */
export function drawn<T>(make: (choices: Choices) => T): fc.Arbitrary<T> {
  return fc.array(fc.nat(0xffff), { minLength: 20, maxLength: 90 }).map((numbers) => make(new Choices(numbers)))
}
