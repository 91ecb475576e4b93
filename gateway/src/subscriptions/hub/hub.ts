import type { Log } from '@colloquy/service';
import type { GraphQLFormattedError } from 'graphql';
import type { Callers } from '../../access/claims.ts';
import { identityKey } from '../../access/identity-key.ts';
import type { ResumeRule, SubscriptionsConfig } from '../../config/subscriptions.ts';
import type { Telemetry } from '../../observability/telemetry.ts';
import type { OperationContext, OperationRequest } from '../../operation/operation.ts';
import type { PreparedSubscription } from '../prepared.ts';
import { cursorVariable } from '../resume/cursor-variable.ts';
import { createResumption, type Resumption } from '../resume/resume-source.ts';
import type { EventSink, Subscription } from '../sink.ts';
import type { Feed, Upstream } from './feed.ts';
import { Group } from './group.ts';
import { LiveSubscription } from './live-subscription.ts';
import type { FeedEvent } from './log.ts';
import { Member } from './member.ts';
import { type OpenSource, runFeed } from './run-feed.ts';

export interface HubOptions {
  config: SubscriptionsConfig;
  openSource: OpenSource;
  callers: Callers;
  /** What of a client's headers reaches any subgraph. */
  forwarded(context: OperationContext): string;
  telemetry: Pick<Telemetry, 'opened' | 'closed'>;
  log: Log;
}

/** All that one client asks for. */
export interface Opening {
  prepared: PreparedSubscription;
  request: OperationRequest;
  context: OperationContext;
  /** Goes over the cursor in the operation itself. */
  after?: string | undefined;
}

/** All subscriptions of the gateway: identical ones of one identity are served together. */
export class Hub {
  readonly #live = new Set<LiveSubscription>();
  readonly #byKey = new Map<string, LiveSubscription>();
  readonly #options: HubOptions;
  /** Rules that do not fit the schema are reported once. */
  readonly #reported = new Set<string>();

  constructor(options: HubOptions) {
    this.#options = options;
  }

  open({ prepared, request, context, after }: Opening, sink: EventSink): Subscription {
    const resumption = this.#resumptionOf(prepared);
    const key = this.#keyOf(prepared, context);
    const shared = key === undefined ? undefined : this.#byKey.get(key);
    const live = shared ?? this.#add(prepared, resumption, { key, request, context });
    live.renew(context.caller.claims);
    const member = new Member(sink, this.#options.config.queue);
    live.group.join([member], resumption ? (after ?? resumption.start) : null);
    this.#options.telemetry.opened('subscriptions');
    return {
      ready: () => member.place?.drain(member),
      close: () => {
        if (!member.place) return;
        member.place.leave(member);
        this.#left(1);
      },
    };
  }

  /** What is being served, at the moment of the call. */
  live(): LiveSubscription[] {
    return [...this.#live];
  }

  /**
   * Goes on with a subscription as it was prepared for another schema: on the same upstream where that asks for the same,
   * else on a new one from the cursor. A subscription that can do neither stays what it is until it ends.
   */
  move(live: LiveSubscription, prepared: PreparedSubscription): void {
    const resumption = this.#resumptionOf(prepared);
    const key = this.#keyOf(prepared, live.context);
    const met = key === undefined ? undefined : this.#byKey.get(key);
    if (sameSource(live.prepared, prepared) && (!met || !resumption)) {
      live.prepared = prepared;
      live.resumption = resumption ?? live.resumption;
      this.#list(live, met ? undefined : key);
      return;
    }
    if (!resumption || !live.resumption) {
      this.#list(live, undefined);
      return;
    }
    const { request, context } = live;
    const into = met ?? this.#add(prepared, resumption, { key, request, context });
    for (const { members, position } of live.group.dissolve()) into.group.join(members, position);
  }

  /** Ends a subscription for all its clients. */
  fail(live: LiveSubscription, errors: readonly GraphQLFormattedError[]): void {
    for (const feed of live.group.feeds()) this.#end(live, feed, errors);
  }

  /** Under which identical subscriptions find each other; undefined where they are not to be shared. */
  #keyOf(prepared: PreparedSubscription, context: OperationContext): string | undefined {
    const { config, forwarded } = this.#options;
    if (!config.share || config.neverShare.includes(prepared.field)) return undefined;
    const rule = this.#ruleOf(prepared);
    const position = rule && cursorVariable(prepared.document, prepared.field, rule.argument);
    const variables = position === undefined ? prepared.variables : { ...prepared.variables, [position]: undefined };
    return JSON.stringify([prepared.key, variables, identityKey(context.caller.claims), forwarded(context)]);
  }

  #resumptionOf(prepared: PreparedSubscription): Resumption | undefined {
    const rule = this.#ruleOf(prepared);
    if (!rule) return undefined;
    try {
      return createResumption(prepared, rule);
    } catch (error) {
      const { field, generation } = prepared;
      if (!this.#reported.has(`${generation.id} ${field}`)) {
        this.#reported.add(`${generation.id} ${field}`);
        this.#options.log.warn({ err: error, field }, 'a rule for resuming subscriptions cannot be used');
      }
      return undefined;
    }
  }

  #ruleOf({ field }: PreparedSubscription): ResumeRule | undefined {
    const { resume } = this.#options.config;
    return Object.hasOwn(resume, field) ? resume[field] : undefined;
  }

  #add(
    prepared: PreparedSubscription,
    resumption: Resumption | undefined,
    { key, ...rest }: { key: string | undefined; request: OperationRequest; context: OperationContext },
  ): LiveSubscription {
    const { config, callers } = this.#options;
    const rules = {
      resumable: resumption !== undefined,
      withoutCursor: this.#ruleOf(prepared)?.withoutCursor,
      history: config.historyEvents,
    };
    const group: Group = new Group(rules, {
      open: (feed) => this.#supply(live, feed),
      onEmpty: () => this.#forget(live),
    });
    const live = new LiveSubscription(prepared, { ...rest, group, callers });
    live.resumption = resumption;
    this.#live.add(live);
    this.#list(live, key);
    return live;
  }

  #supply(live: LiveSubscription, feed: Feed): Upstream {
    const { config, openSource, telemetry, log } = this.#options;
    telemetry.opened('upstreams');
    const upstream = runFeed(live, feed, {
      openSource,
      resubscribe: config.resubscribe,
      deliver: (from, event) => this.#deliver(live, from, event),
      end: (from, errors) => this.#end(live, from, errors),
      log,
    });
    return {
      resume: upstream.resume,
      close() {
        telemetry.closed('upstreams');
        upstream.close();
      },
    };
  }

  #deliver(live: LiveSubscription, feed: Feed, event: FeedEvent): void {
    const slow = live.group.event(feed, event);
    for (const member of slow) member.end(TOO_SLOW);
    this.#left(slow.length);
  }

  #end(live: LiveSubscription, feed: Feed, errors: readonly GraphQLFormattedError[] | undefined): void {
    this.#left(live.group.ended(feed, errors).length);
  }

  #left(count: number): void {
    for (let index = 0; index < count; index++) this.#options.telemetry.closed('subscriptions');
  }

  /** Lets others find a subscription under `key` alone. */
  #list(live: LiveSubscription, key: string | undefined): void {
    if (live.key !== undefined && this.#byKey.get(live.key) === live) this.#byKey.delete(live.key);
    live.key = key;
    if (key !== undefined) this.#byKey.set(key, live);
  }

  /** Nobody is left. */
  #forget(live: LiveSubscription): void {
    this.#live.delete(live);
    this.#list(live, undefined);
    live.close();
  }
}

/** Not all of them are to be tried again: the client asked for more than it takes. */
const TOO_SLOW: readonly GraphQLFormattedError[] = [
  {
    message: 'The client takes events more slowly than they happen.',
    extensions: { code: 'SUBSCRIPTION_TOO_SLOW' },
  },
];

/** Whether the upstream of the one can go on as that of the other. */
function sameSource(a: PreparedSubscription, b: PreparedSubscription): boolean {
  const urlIn = ({ generation, source }: PreparedSubscription) =>
    generation.subgraphs.find(({ name }) => name === source.subgraph)?.url;
  return (
    a.source.subgraph === b.source.subgraph &&
    a.source.query === b.source.query &&
    urlIn(a) === urlIn(b) &&
    JSON.stringify(a.source.variables) === JSON.stringify(b.source.variables)
  );
}
