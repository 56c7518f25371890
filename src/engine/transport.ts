import type {
  CheckpointDurableExecutionRequest,
  CheckpointDurableExecutionResponse,
  DurableExecutionClient,
  GetDurableExecutionStateRequest,
  GetDurableExecutionStateResponse,
  OperationUpdate,
} from '@aws/durable-execution-sdk-js';
import type { ExecutionRow } from './execution-row.ts';
import { refuseCheckpoint, refuseInvocation } from './fault.ts';
import { inRealTime, type Pace } from './invocation.ts';
import type { Runner } from './runner.ts';
import type { Runners } from './runners.ts';

/** A checkpoint about to be written (`before`) or just written (`after`); its updates as the SDK sent them. */
export interface CheckpointInfo {
  readonly stage: 'before' | 'after';
  readonly execution: ExecutionRow;
  readonly updates: readonly OperationUpdate[];
}

export interface TransportOptions {
  readonly runners: Runners;
  readonly pace: Pace;
  isClosed(): boolean;
  /** For crash tests: the process may be killed in it. An empty checkpoint (a poll for news) is not told. */
  onCheckpoint(info: CheckpointInfo): void | Promise<void>;
}

/**
 * The service's side of the SDK's documented custom transport ("Custom Transport" in its README): workflows write
 * their checkpoints here instead of calling AWS.
 */
export class Transport implements DurableExecutionClient {
  readonly #options: TransportOptions;

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  async getExecutionState(
    request: GetDurableExecutionStateRequest,
  ): Promise<GetDurableExecutionStateResponse> {
    const { live } = this.#runner(request.DurableExecutionArn);
    return { Operations: inRealTime(live.visible(), this.#options.pace), NextMarker: '' };
  }

  async checkpoint(request: CheckpointDurableExecutionRequest): Promise<CheckpointDurableExecutionResponse> {
    const updates = request.Updates ?? [];
    await this.#tell('before', request.DurableExecutionArn, updates);
    const { pace, runners } = this.#options;
    const runner = this.#runner(request.DurableExecutionArn);
    const { live } = runner;
    const now = pace.clock.now();
    live.checkpoint(request.CheckpointToken, updates, now);
    live.settleDue(now);
    const answer: CheckpointDurableExecutionResponse = {
      CheckpointToken: live.token,
      NewExecutionState: { Operations: inRealTime(live.takeChanges(), pace) },
    };
    const end = updates.find((update) => update.Type === 'EXECUTION');
    if (end) endExecution(runners, live.row.arn, end);
    else runner.arm();
    await this.#tell('after', request.DurableExecutionArn, updates);
    return answer;
  }

  async #tell(stage: CheckpointInfo['stage'], arn: string | undefined, updates: OperationUpdate[]) {
    const runner = this.#options.runners.find(arn ?? '');
    if (runner && updates.length > 0)
      await this.#options.onCheckpoint({ stage, execution: runner.live.row, updates });
  }

  /** Of a closed engine only the invocation ends, so that the execution can be taken up again. */
  #runner(arn: string | undefined): Runner {
    if (this.#options.isClosed()) throw refuseInvocation('The engine is closed.');
    const runner = this.#options.runners.find(arn ?? '');
    if (!runner) throw refuseCheckpoint('The execution is not running.');
    return runner;
  }
}

/** The SDK ends an execution by a checkpoint when its result is too large to be returned. */
function endExecution(runners: Runners, arn: string, update: OperationUpdate): void {
  const status = update.Action === 'SUCCEED' ? 'SUCCEEDED' : 'FAILED';
  runners.end(arn, { status, result: update.Payload, error: update.Error });
}
