import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  InvokeCommand,
  LambdaClient,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';

export { handler } from './empty-command.ts';

/** The clients and commands the slack function cannot do without, kept in the bundle and never made. */
export const needed = [
  DynamoDBClient,
  DynamoDBDocumentClient,
  GetCommand,
  GetSecretValueCommand,
  InvokeCommand,
  LambdaClient,
  PutCommand,
  QueryCommand,
  SecretsManagerClient,
  SendDurableExecutionCallbackSuccessCommand,
];
