/** Our helper in the shape that `../shared/bench/runtime-peers.mjs` compares. */
export default (helper) => ({
  name: 'bounded',
  caps: ['signal', 'async'],
  map: helper.mapBounded,
})
