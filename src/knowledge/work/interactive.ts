/** What there is one of: a person, a terminal, a browser's page, a working copy. Operations come one after another. */
import type { WorkFact } from '../facts.ts'

const PLAYWRIGHT = 'https://playwright.dev/docs/api/class-page'
const PUPPETEER = 'https://pptr.dev/api/puppeteer.page'

export const interactiveFacts: readonly WorkFact[] = [
  { module: ['playwright', 'playwright-core', '@playwright/test'], member: ['*.launch().newPage().**', '*.launch().newContext().newPage().**', '*.launchPersistentContext().newPage().**', 'Page().**', 'Locator().**', 'Frame().**', 'ElementHandle().**'], work: 'process', access: 'ordered', source: PLAYWRIGHT },
  { module: ['puppeteer', 'puppeteer-core'], member: ['launch().newPage().**', 'connect().newPage().**', 'Page().**', 'Frame().**', 'ElementHandle().**'], work: 'process', access: 'ordered', source: PUPPETEER },
  { module: 'selenium-webdriver', member: ['Builder().build().**', 'WebDriver().**', 'WebElement().**'], work: 'process', access: 'ordered', source: 'https://www.selenium.dev/selenium/docs/api/javascript/' },
  { module: 'webdriverio', member: ['remote().**', 'Browser().**'], work: 'process', access: 'ordered', source: 'https://webdriver.io/docs/api' },
  { module: 'inquirer', member: ['prompt', 'createPromptModule()()'], work: 'process', access: 'ordered', source: 'https://github.com/SBoudrias/Inquirer.js/tree/main/packages/inquirer' },
  { module: ['@inquirer/prompts', '@clack/prompts', '@inquirer/select', '@inquirer/input', '@inquirer/confirm'], member: ['', '*'], work: 'process', access: 'ordered', source: 'https://github.com/SBoudrias/Inquirer.js#readme' },
  { module: ['prompts', 'enquirer', 'prompt'], member: ['', 'prompt', 'get', '().prompt'], work: 'process', access: 'ordered', source: 'https://github.com/terkelg/prompts#readme' },
  { module: ['node:readline', 'node:readline/promises'], member: ['createInterface().question', 'createInterface().prompt'], work: 'process', access: 'ordered', source: 'https://nodejs.org/api/readline.html#rlquestionquery-options' },
  { module: 'vscode', member: ['showErrorMessage', 'showInformationMessage', 'showInputBox', 'showOpenDialog', 'showQuickPick', 'showSaveDialog', 'showTextDocument', 'showWarningMessage'].map((name) => `window.${name}`), work: 'process', access: 'ordered', source: 'https://code.visualstudio.com/api/references/vscode-api#window' },
  // One index, one lock file. https://git-scm.com/docs/git-add
  { module: 'simple-git', member: ['().*', 'simpleGit().*', 'gitP().*', 'SimpleGit().*'], work: 'process', access: 'ordered', source: 'https://github.com/steveukx/git-js#readme' },
]
