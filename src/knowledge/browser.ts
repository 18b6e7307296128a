/** What tells that a file is code of a user interface: in a browser or a phone, or on a terminal's screen. */

/** Modules that only user interfaces import. https://react.dev, https://vuejs.org, https://svelte.dev, https://angular.dev, https://www.solidjs.com and their companions. */
export const uiModules: readonly RegExp[] = [
  /^(?:react|preact|vue|svelte|solid-js|lit|jquery|alpinejs|mithril|inferno|ember|backbone|angular|vuex|pinia|redux|mobx|zustand|jotai|recoil|swr|vuetify|quasar|hyperapp)(?:\/(?!server)|$)/,
  /^(?:react-dom|react-native|react-redux|react-router|react-query|react-hook-form|vue-router|element-plus|antd|webextension-polyfill|jsdom-global)(?:\/(?!server)|$)/,
  /^(?:@angular|@vue|@vueuse|@ember|@mui|@chakra-ui|@radix-ui|@headlessui|@reduxjs|@react-native|@react-navigation|@ionic|@capacitor|@tauri-apps|@emotion|@ngrx|@nuxt\/ui|@mantine)\//,
  /^@tanstack\/(?:react|vue|svelte|solid)-/,
  /^expo(?:-|$|\/)/,
  // Editors, maps, charts and scenes on a page. https://prosemirror.net, https://codemirror.net, https://tiptap.dev, https://leafletjs.com, https://threejs.org
  /^(?:prosemirror-view|monaco-editor|quill|leaflet|mapbox-gl|three|phaser|pixi\.js|chart\.js)(?:\/|$)/,
  /^(?:@codemirror|@tiptap|@lexical)\//,
  /^next\/(?:router|navigation|link|image|dynamic|head)$/,
  /\.(?:vue|svelte|css|scss)$/,
]

/** Globals of the window (https://developer.mozilla.org/docs/Web/API/Window) and of browser extensions that Node does not have. */
export const windowGlobals: ReadonlySet<string> = new Set([
  'window', 'document', 'localStorage', 'sessionStorage', 'location', 'history', 'XMLHttpRequest', 'indexedDB', 'alert',
  'confirm', 'requestAnimationFrame', 'cancelAnimationFrame', 'requestIdleCallback', 'customElements', 'matchMedia',
  'getComputedStyle', 'MutationObserver', 'IntersectionObserver', 'ResizeObserver', 'FileReader', 'DOMParser',
  'HTMLElement', 'importScripts', 'skipWaiting', 'registration', 'chrome', 'browser', 'jQuery', '$', 'GM_xmlhttpRequest', 'wx', 'uni',
])

/** Members of `navigator` that Node's own (https://nodejs.org/api/globals.html#navigator) does not have. https://developer.mozilla.org/docs/Web/API/Navigator */
export const navigatorMembers: ReadonlySet<string> = new Set([
  'clipboard', 'connection', 'cookieEnabled', 'credentials', 'geolocation', 'getUserMedia', 'maxTouchPoints', 'mediaDevices', 'mediaSession',
  'onLine', 'permissions', 'sendBeacon', 'serviceWorker', 'share', 'storage', 'usb', 'vibrate', 'wakeLock',
])

/** Events of a service worker's life. https://developer.mozilla.org/docs/Web/API/ServiceWorkerGlobalScope */
export const serviceWorkerEvents: ReadonlySet<string> = new Set(['install', 'activate', 'fetch', 'push', 'notificationclick'])

/** Types of the DOM. */
export const windowTypes = /^(?:HTML\w*Element|SVG\w*Element|Element|Document|Window|ShadowRoot|DOMRect|MouseEvent|KeyboardEvent|NodeListOf)$/

/** Request options that only a browser acts on. https://developer.mozilla.org/docs/Web/API/RequestInit, https://axios-http.com/docs/req_config */
export const browserOptions: ReadonlyMap<string, readonly string[] | 'any'> = new Map<string, readonly string[] | 'any'>([
  ['credentials', ['same-origin', 'include']],
  ['mode', ['cors', 'no-cors', 'same-origin']],
  ['withCredentials', 'any'],
  ['xsrfCookieName', 'any'],
])

/** Environment variables that bundlers put into browser code. https://create-react-app.dev/docs/adding-custom-environment-variables, https://cli.vuejs.org/guide/mode-and-env.html, https://docs.expo.dev/guides/environment-variables */
export const bundledVariables = /^(?:REACT_APP_|VUE_APP_|EXPO_PUBLIC_|GATSBY_)/

/** Methods that send a function into a page. https://playwright.dev/docs/evaluating, https://pptr.dev/api/puppeteer.page */
export const pageMethods: ReadonlySet<string> = new Set([
  'evaluate', 'evaluateHandle', 'evaluateAll', '$eval', '$$eval', 'waitForFunction', 'addInitScript', 'evaluateOnNewDocument', 'execute', 'executeScript',
])

/** Folders of browser code, and modules that browser code cannot import. */
export const browserFolders = /(?:^|\/)(?:public|frontend|front-end|browser|webview|webviews|components|composables|static)\//
export const nodeOnlyModules = /^(?:node:|express$|fastify$|koa$|undici$|node-fetch$|got$|pg$|mysql2|mongodb$|mongoose$|ioredis$|ws$)/

/** Names that people give to elements of a page, as receivers of `addEventListener`. */
export const elementNames = /^(?:el(?:ement)?|node|target|canvas|button|input|container)$|Element$/i

/** Modules that render to a terminal. https://github.com/vadimdemedes/ink, https://github.com/chjj/blessed */
export const terminalModules: ReadonlySet<string> = new Set(['ink', 'blessed', 'neo-blessed', 'react-blessed'])

/** Packages that render to a page or a phone. https://react.dev, https://vuejs.org, https://svelte.dev, https://angular.dev, https://www.solidjs.com, https://preactjs.com, https://reactnative.dev */
export const renderers: ReadonlySet<string> = new Set(['react-dom', 'react-native', 'vue', 'svelte', '@angular/core', 'solid-js', 'preact', 'expo'])

/** Frameworks whose applications answer requests as well as render. https://nextjs.org, https://nuxt.com, https://remix.run, https://svelte.dev/docs/kit, https://astro.build, https://nestjs.com, https://www.meteor.com */
export const serverFrameworks =
  /^(?:(?:next|nuxt|astro|gatsby|waku|blitz|hono|h3|nitropack|connect|restify|polka|meteor-node-stubs|electron|socket\.io)$|@remix-run\/|@react-router\/|@sveltejs\/(?:kit|adapter-)|@solidjs\/start|@tanstack\/\w+-start|@nestjs\/|@hapi\/|@fastify\/|@redwoodjs\/|@prisma\/client|@aws-sdk\/|@vercel\/node|@vercel\/functions)/

/** Globals that Node has and browsers have not. https://nodejs.org/api/globals.html */
export const nodeGlobals: ReadonlySet<string> = new Set(['Buffer', '__dirname', '__filename'])
