import { RotateError } from '../../../src/errors.ts';
import type { Clock, Estate } from '../../../src/rotation/ports.ts';
import type { Consumer, ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import type { ServiceSight, TaskSight } from '../../../src/rotation/rules/sight.ts';
import { FakeService, type Pulling } from './fake-service.ts';

/** An estate whose services pull with the login in force, as time goes by. Counts what it is asked. */
export class FakeEstate implements Estate {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #pulling: Pulling;
  readonly #services = new Map<string, FakeService>();
  readonly others: Consumer[] = [];
  /** Names of services that were restarted, in order. */
  readonly restarted: string[] = [];
  readonly roles = new Map<string, boolean>();
  room: boolean | undefined = true;
  /** Settings of services by name; `own` where nobody has changed them. */
  readonly settings = new Map<string, string>();
  /** Names of services that were set to half, in order. */
  readonly halved: string[] = [];
  looks = 0;
  taskLists = 0;
  #failing = 0;

  constructor(clock: Pick<Clock, 'now'>, pulling: Pulling) {
    this.#clock = clock;
    this.#pulling = pulling;
  }

  add(consumer: ServiceConsumer): FakeService {
    const service = new FakeService(consumer, this.#pulling, this.#clock.now());
    this.#services.set(consumer.arn, service);
    return service;
  }

  service(name: string): FakeService {
    const found = [...this.#services.values()].find(({ consumer }) => consumer.name === name);
    if (!found) throw new Error(`no service ${name}`);
    return found;
  }

  /** The next `times` restarts are not allowed. */
  forbidRestarts(times: number): void {
    this.#failing = times;
  }

  async scan(): Promise<Consumer[]> {
    const services = [...this.#services.values()].filter(({ gone }) => !gone);
    return [...services.map(({ consumer }) => consumer), ...this.others];
  }

  async look(services: readonly ServiceConsumer[]): Promise<ServiceSight[]> {
    this.looks += 1;
    const found = services.map(({ arn }) => this.#services.get(arn));
    return found.flatMap((service) => (service && !service.gone ? [service.sight(this.#clock.now())] : []));
  }

  async restart({ arn, name }: ServiceConsumer): Promise<{ deploymentId: string; createdAt: number }> {
    if (this.#failing > 0) {
      this.#failing -= 1;
      throw new RotateError('aws-denied', { action: 'ecs:UpdateService', name, resource: arn });
    }
    this.restarted.push(name);
    const { id, createdAt } = this.service(name).deploy(this.#clock.now());
    return { deploymentId: id, createdAt };
  }

  async tasks(service: ServiceConsumer, since: number): Promise<TaskSight[]> {
    this.taskLists += 1;
    const { tasks } = this.service(service.name);
    return tasks.filter(({ createdAt }) => createdAt >= since).map((task) => ({ ...task }));
  }

  async readSettings({ name }: ServiceConsumer): Promise<string> {
    return this.settings.get(name) ?? 'own';
  }

  async halve({ name }: ServiceConsumer): Promise<void> {
    this.halved.push(name);
    this.settings.set(name, 'half');
  }

  async giveBack({ name }: ServiceConsumer, settings: string): Promise<void> {
    if (this.settings.get(name) === 'half') this.settings.set(name, settings);
  }

  async hasRoom(): Promise<boolean | undefined> {
    return this.room;
  }

  async roleMayRead(_target: string, role: string): Promise<boolean | undefined> {
    return this.roles.has(role) ? this.roles.get(role) : true;
  }
}
