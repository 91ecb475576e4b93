import type { WebSocket } from 'ws';

/**
 * A peer that is frozen, or a network that swallows packets, is noticed by its missing pong, and the socket terminated.
 * Returns what ends the watch.
 */
export function watchSocket(socket: WebSocket, pingMilliseconds: number): () => void {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  const interval = setInterval(() => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.isPaused) {
      // Nothing is read meanwhile, so nothing can be concluded from silence.
      alive = true;
      return;
    }
    if (!alive) {
      socket.terminate();
      return;
    }
    alive = false;
    socket.ping();
  }, pingMilliseconds);
  return () => clearInterval(interval);
}
