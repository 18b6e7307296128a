/** Our helper in the shape that `../shared/bench/runtime-peers.mjs` compares. */
export default (helper) => {
  const queue = (context) => ({ concurrency, capacity, worker }) => helper.createQueue(worker, { concurrency, capacity, context })
  return [
    {
      name: 'bounded',
      caps: ['signal', 'async'],
      map: helper.mapBounded,
      limiter: (concurrency) => helper.createLimiter(concurrency),
      queue: queue('producer'),
    },
    // The same queue without the promise to run each item in its producer's async context, which no peer's queue makes.
    { name: 'bounded (context: any)', queue: queue('any') },
  ]
}
