/** What tells that a file is code of a user interface. */

/** Modules that only user interfaces import. https://react.dev, https://vuejs.org, https://svelte.dev, https://angular.dev, https://www.solidjs.com, https://github.com/vadimdemedes/ink */
export const uiModules: readonly RegExp[] = [
  /^(?:react|preact|vue|svelte|solid-js|lit|jquery|ink|vuex|pinia|redux|mobx|zustand|jotai|recoil)(?:\/(?!server)|$)/,
  /^(?:react-dom|react-native|react-redux|vue-router)(?:\/(?!server)|$)/,
  /^(?:@angular|@vue|@vueuse|@reduxjs|@ngrx|@react-native|@ionic|@capacitor|@mantine|@mui)\//,
  /\.(?:vue|svelte|css|scss)$/,
]

/** Globals of a window that Node does not have. https://developer.mozilla.org/docs/Web/API/Window */
export const uiGlobals: ReadonlySet<string> = new Set([
  'window', 'document', 'localStorage', 'sessionStorage', 'requestAnimationFrame', 'HTMLElement', 'customElements',
  'MutationObserver', 'IntersectionObserver', 'jQuery', 'indexedDB', 'XMLHttpRequest', 'chrome', 'HTMLInputElement',
])
