'use strict'

const fs = require('node:fs')
const path = require('node:path')
const { promisify } = require('node:util')
const { execFile } = require('node:child_process')

const run = promisify(execFile)

async function resize(file, target) {
  await run('convert', [file, '-resize', '200x200', target], { timeout: 30_000 })
}

/** One `convert` process per image, all at once. */
async function resizeFolder(folder, target) {
  const files = await fs.promises.readdir(folder)
  await Promise.all(files.map((file) => resize(path.join(folder, file), path.join(target, file))))
}

/** The same few sizes for every image: small by construction. */
async function resizeAll(file) {
  const sizes = ['64x64', '200x200', '800x800']
  await Promise.all(sizes.map((size) => run('convert', [file, '-resize', size, `${file}.${size}.png`])))
}

/** Sizes one after the other, though no file's size depends on another's. */
async function sizesOf(files) {
  const sizes = new Map()
  for (const file of files) {
    const { size } = await fs.promises.stat(file)
    sizes.set(file, size)
  }
  return sizes
}

/** Sequential on purpose: stops at the first that exists. */
async function firstExisting(files) {
  for (const file of files) {
    try {
      await fs.promises.access(file)
      return file
    } catch {
      // Not this one.
    }
  }
  return undefined
}

module.exports = { resizeFolder, resizeAll, sizesOf, firstExisting }
