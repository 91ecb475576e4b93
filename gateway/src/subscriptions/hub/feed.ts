import type { FeedEvent, Position } from './log.ts';
import type { Member, Place } from './member.ts';

/** What the kernel may ask of the subscription at the subgraph that a feed stands for. */
export interface Upstream {
  close(): void;
  /** The feed takes events again. */
  resume(): void;
}

/** One subscription at a subgraph, and those whom it serves: all of them have every event up to `position`. */
export class Feed implements Place {
  readonly members = new Set<Member>();
  position: Position;
  upstream: Upstream | undefined;
  closed = false;
  readonly #onEmpty: (feed: Feed) => void;
  #blocked = 0;

  /** `onEmpty` is called when the last member leaves. */
  constructor(position: Position, onEmpty: (feed: Feed) => void) {
    this.position = position;
    this.#onEmpty = onEmpty;
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
    member.place = this;
    this.members.add(member);
    if (member.blocked) this.#blocked++;
    if (stoodStill && !this.standsStill) this.upstream?.resume();
  }

  remove(member: Member): void {
    if (!this.members.delete(member)) return;
    member.place = undefined;
    if (member.blocked) this.#blocked--;
  }

  leave(member: Member): void {
    this.remove(member);
    if (this.members.size === 0) this.#onEmpty(this);
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
