import type { Group } from './group.ts';
import type { Member } from './member.ts';

/** Where a reader of a log stands: the cursor of the last event it has, or null before its first. */
export type Position = string | null;

/** One completed event. `cursor` is absent where its field has none. */
export interface FeedEvent {
  readonly json: string;
  readonly cursor: string | undefined;
}

/** What the kernel may ask of the subscription at the subgraph that a feed stands for. */
export interface Upstream {
  close(): void;
  /** The feed takes events again. */
  resume(): void;
}

/** One subscription at a subgraph, and those whom it serves: all of them have every event up to `position`. */
export class Feed {
  readonly group: Group;
  readonly members = new Set<Member>();
  position: Position;
  upstream: Upstream | undefined;
  closed = false;
  #blocked = 0;

  constructor(group: Group, position: Position) {
    this.group = group;
    this.position = position;
  }

  /** Nobody takes anything at the moment, so the upstream pauses. */
  get standsStill(): boolean {
    return this.#blocked > 0 && this.#blocked === this.members.size;
  }

  /** Everyone has taken every event. */
  get flows(): boolean {
    return this.#blocked === 0;
  }

  add(member: Member): void {
    const stoodStill = this.standsStill;
    member.feed = this;
    this.members.add(member);
    if (member.blocked) this.#blocked++;
    if (stoodStill && !this.standsStill) this.upstream?.resume();
  }

  remove(member: Member): void {
    if (!this.members.delete(member)) return;
    member.feed = undefined;
    if (member.blocked) this.#blocked--;
  }

  /** Gives an event to one member; false when it has no room for it. */
  give(member: Member, event: FeedEvent): boolean {
    const before = member.blocked;
    const taken = member.take(event);
    if (member.blocked && !before) this.#blocked++;
    return taken;
  }

  /** A member takes what waits for it. */
  drain(member: Member): void {
    if (!member.blocked) return;
    const stoodStill = this.standsStill;
    member.drain();
    if (member.blocked) return;
    this.#blocked--;
    if (stoodStill) this.upstream?.resume();
  }
}
