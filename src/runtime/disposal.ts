/** The disposal symbols, where the platform does not have them yet. Marked pure, so that bundlers may leave them out. */
export const dispose: typeof Symbol.dispose = /* @__PURE__ */ (() => Symbol.dispose ?? Symbol.for('Symbol.dispose'))() as never

export const asyncDispose: typeof Symbol.asyncDispose = /* @__PURE__ */ (() =>
  Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose'))() as never
