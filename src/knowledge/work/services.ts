/** Clients of one remote service. */
import type { WorkFact } from '../facts.ts'

const AWS = 'https://docs.aws.amazon.com/AWSJavaScriptSDK/v3/latest/introduction/'
const OCTOKIT = 'https://github.com/octokit/octokit.js#octokit-api-client'

const awsClients = [
  'athena', 'bedrock-runtime', 'cloudformation', 'cloudfront', 'cloudwatch', 'cloudwatch-logs', 'cognito-identity-provider', 'dynamodb', 'ec2',
  'ecr', 'ecs', 'eventbridge', 'firehose', 'glue', 'iam', 'kinesis', 'kms', 'lambda', 'organizations', 'rds', 'rekognition', 'route-53', 's3',
  'secrets-manager', 'ses', 'sesv2', 'sfn', 'sns', 'sqs', 'ssm', 'sts', 'textract',
].map((name) => `@aws-sdk/client-${name}`)
const octokit = ['octokit', '@octokit/rest', '@octokit/core']

export const serviceFacts: readonly WorkFact[] = [
  { module: awsClients, member: '*().send', work: 'network', access: 'write', source: AWS },
  { module: '@aws-sdk/lib-dynamodb', member: ['DynamoDBDocumentClient.from().send', 'DynamoDBDocument.from().*'], work: 'database', access: 'write', source: AWS },
  { module: '@aws-sdk/lib-storage', member: 'Upload().done', work: 'network', access: 'write', source: AWS },
  { module: 'aws-sdk', member: ['*().*', '*().*().promise', 'DynamoDB.DocumentClient().*', 'DynamoDB.DocumentClient().*().promise'], work: 'network', access: 'write', source: 'https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/' },
  { module: octokit, member: ['Octokit().*.*', 'Octokit().graphql', 'Octokit().paginate', 'Octokit().request', 'Octokit().rest.*.*'], work: 'network', access: 'write', source: OCTOKIT },
  { module: '@actions/github', member: ['getOctokit().*.*', 'getOctokit().graphql', 'getOctokit().paginate', 'getOctokit().request', 'getOctokit().rest.*.*'], work: 'network', access: 'write', source: 'https://github.com/actions/toolkit/tree/main/packages/github#usage' },
  { module: '@gitbeaker/rest', member: 'Gitlab().*.*', work: 'network', access: 'write', source: 'https://github.com/jdalrymple/gitbeaker#readme' },
  { module: ['@octokit/graphql', '@octokit/request'], member: ['graphql', 'graphql.defaults()', 'request', 'request.defaults()'], work: 'network', access: 'write', source: OCTOKIT },
  { module: 'stripe', member: ['().*.*', '().*.*.*', 'Stripe().*.*'], work: 'network', access: 'write', source: 'https://docs.stripe.com/api?lang=node' },
  { module: '@slack/web-api', member: ['WebClient().*.*', 'WebClient().*.*.*', 'WebClient().apiCall'], work: 'network', access: 'write', source: 'https://tools.slack.dev/node-slack-sdk/web-api' },
  { module: 'twilio', member: ['().*.create', '().*.list'], work: 'network', access: 'write', source: 'https://www.twilio.com/docs/libraries/reference/twilio-node/' },
  { module: '@sendgrid/mail', member: ['send', 'sendMultiple'], work: 'network', access: 'write', source: 'https://github.com/sendgrid/sendgrid-nodejs/tree/main/packages/mail' },
  { module: 'nodemailer', member: 'createTransport().sendMail', work: 'network', access: 'write', source: 'https://nodemailer.com/usage/' },
  { module: ['openai', '@anthropic-ai/sdk', 'groq-sdk'], member: ['().*.create', '().*.*.create', 'OpenAI().*.create', 'OpenAI().*.*.create', 'Anthropic().*.create'], work: 'network', access: 'write', source: 'https://github.com/openai/openai-node#usage' },
  { module: 'ai', member: ['embed', 'embedMany', 'generateObject', 'generateText'], work: 'network', access: 'write', source: 'https://ai-sdk.dev/docs/reference/ai-sdk-core' },
  { module: '@google-cloud/storage', member: ['download', 'exists', 'getMetadata'].map((method) => `Storage().bucket().file().${method}`), work: 'network', access: 'read', source: 'https://cloud.google.com/nodejs/docs/reference/storage/latest' },
  { module: '@google-cloud/storage', member: ['Storage().bucket().upload', ...['copy', 'delete', 'makePublic', 'move', 'save', 'setMetadata'].map((method) => `Storage().bucket().file().${method}`)], work: 'network', access: 'write', source: 'https://cloud.google.com/nodejs/docs/reference/storage/latest' },
  { module: 'bullmq', member: ['Queue().add', 'Queue().addBulk', 'FlowProducer().add'], work: 'database', access: 'write', source: 'https://docs.bullmq.io/guide/queues' },
  { module: 'kafkajs', member: ['Kafka().producer().send', 'Kafka().producer().sendBatch'], work: 'network', access: 'write', source: 'https://kafka.js.org/docs/producing' },
]
