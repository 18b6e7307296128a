declare module 'picomatch/posix' {
  export { default } from 'picomatch'
}
