/**
 * Classes and interfaces of platforms that programs extend and implement: what becomes of what the members that they call
 * return. They call no other members, so that the rest of a class is the program's own.
 */
import type { ApiFact } from './facts.ts'

export interface PlatformClass extends ApiFact {
  /**
   * Member → `dropped` (nobody looks at the result), `adopted` (awaited, or a plain value does as well), `hidden` (the
   * member is the platform's own, and what its result must be is not said here).
   */
  readonly members: Readonly<Record<string, 'dropped' | 'adopted' | 'hidden'>>
}

type Members = PlatformClass['members']

const each = (names: readonly string[], result: 'dropped' | 'adopted' | 'hidden'): Members => Object.fromEntries(names.map((name) => [name, result]))

const customElement = each(['connectedCallback', 'disconnectedCallback', 'attributeChangedCallback', 'adoptedCallback'], 'dropped')
const component = {
  ...each(['componentDidMount', 'componentDidUpdate', 'componentWillUnmount', 'componentDidCatch', 'componentWillMount', 'componentWillReceiveProps', 'componentWillUpdate'], 'dropped'),
  ...each(['render', 'shouldComponentUpdate', 'getSnapshotBeforeUpdate', 'getChildContext', 'setState', 'forceUpdate'], 'hidden'),
}
const emitter = each(['emit', 'on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners', 'listeners', 'listenerCount', 'eventNames'], 'hidden')
const stream = {
  ...emitter,
  ...each(['_read', '_write', '_writev', '_transform', '_flush', '_final', '_destroy', '_construct'], 'dropped'),
  ...each(['read', 'write', 'end', 'push', 'pipe', 'destroy', 'pause', 'resume'], 'hidden'),
}

export const platformClasses: readonly PlatformClass[] = [
  { module: 'globalThis', member: ['Error', 'TypeError', 'RangeError', 'Event', 'EventTarget', 'AggregateError'], members: each(['dispatchEvent', 'addEventListener', 'removeEventListener'], 'hidden'), source: 'https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Error' },
  { module: 'globalThis', member: 'HTMLElement', members: customElement, source: 'https://developer.mozilla.org/docs/Web/API/Web_components/Using_custom_elements#custom_element_lifecycle_callbacks' },
  { module: 'node:events', member: ['', 'EventEmitter', 'EventEmitterAsyncResource'], members: emitter, source: 'https://nodejs.org/api/events.html#class-eventemitter' },
  { module: ['eventemitter3', 'eventemitter2'], member: ['', 'EventEmitter', 'EventEmitter2'], members: emitter, source: 'https://github.com/primus/eventemitter3' },
  { module: 'tiny-typed-emitter', member: 'TypedEmitter', members: emitter, source: 'https://github.com/binier/tiny-typed-emitter' },
  { module: 'node:stream', member: ['', 'Stream', 'Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough'], members: stream, source: 'https://nodejs.org/api/stream.html#api-for-stream-implementers' },
  { module: ['react', 'preact'], member: ['Component', 'PureComponent'], members: component, source: 'https://react.dev/reference/react/Component' },
  { module: 'lit', member: 'LitElement', members: { ...customElement, ...each(['firstUpdated', 'updated', 'willUpdate'], 'dropped'), ...each(['render', 'update', 'performUpdate', 'scheduleUpdate', 'shouldUpdate', 'getUpdateComplete', 'requestUpdate'], 'hidden') }, source: 'https://lit.dev/docs/components/lifecycle/' },
  { module: '@angular/core', member: ['OnInit', 'OnDestroy', 'OnChanges', 'DoCheck', 'AfterViewInit', 'AfterViewChecked', 'AfterContentInit', 'AfterContentChecked'], members: each(['ngOnInit', 'ngOnDestroy', 'ngOnChanges', 'ngDoCheck', 'ngAfterViewInit', 'ngAfterViewChecked', 'ngAfterContentInit', 'ngAfterContentChecked'], 'dropped'), source: 'https://angular.dev/guide/components/lifecycle' },
  { module: '@angular/forms', member: 'ControlValueAccessor', members: each(['writeValue', 'registerOnChange', 'registerOnTouched', 'setDisabledState'], 'dropped'), source: 'https://angular.dev/api/forms/ControlValueAccessor' },
  { module: '@nestjs/common', member: ['OnModuleInit', 'OnApplicationBootstrap', 'OnModuleDestroy', 'BeforeApplicationShutdown', 'OnApplicationShutdown'], members: each(['onModuleInit', 'onApplicationBootstrap', 'onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'], 'adopted'), source: 'https://docs.nestjs.com/fundamentals/lifecycle-events' },
  { module: '@nestjs/common', member: 'PipeTransform', members: each(['transform'], 'adopted'), source: 'https://docs.nestjs.com/pipes' },
]
